import { startWorld, type World } from '@bff/demo-world';
import { type Service } from '@bff/service-kit';
import { readConfig } from '../src/config.ts';
import { startPartnerBff } from '../src/wiring.ts';

/** partner-bff in a world of its own. */
export interface Rig {
  readonly world: World;
  readonly service: Service;
  /** The `Authorization` of a demo partner: its own access token, by client credentials. */
  as(client: 'acme-erp' | 'globex-crm'): Promise<{ readonly Authorization: string }>;
  /** An access token as the provider gives it to a client that shows these headers. */
  token(client: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  close(): Promise<void>;
}

export async function startRig(env: Record<string, string> = {}): Promise<Rig> {
  const world = await startWorld();
  const { service } = await startPartnerBff(readConfig({ ...world.env, ...env }));
  const token: Rig['token'] = async (client, headers = {}) => {
    const answer = await fetch(`${world.idp.issuer}/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${client}:demo-secret`)}`, ...headers },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  return {
    world,
    service,
    token,
    as: async (client) => ({ Authorization: `Bearer ${await token(client)}` }),
    async close() {
      await service.stop();
      await world.close();
    },
  };
}
