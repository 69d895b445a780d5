import { loginToWebBff, startWorld, type WebBffHeaders, type World } from '@bff/demo-world';
import type { Service } from '@bff/service-kit';
import { freePort, recordAnswers } from '@bff/testbed';
import { readConfig } from '../src/config.ts';
import { openApiDocument } from '../src/contract/openapi.ts';
import { startWebBff } from '../src/wiring.ts';

/** A running web-bff with fake services and provider. */
export interface Rig {
  readonly world: World;
  readonly service: Service;
  /** Settings of the process; another replica uses them with another PORT. */
  readonly env: Readonly<Record<string, string>>;
  /** Clock of logins, sessions and the provider: the machine's, plus the time it was advanced. */
  readonly clock: { advance(ms: number): void; now(): number };
  /** Returns the header fields of a demo user's page. The user is logged in once. */
  as(user: string): WebBffHeaders;
  close(): Promise<void>;
}

/** Disables revalidation by the provider, except in the tests about it. */
const testSettings = { REVALIDATION_SECONDS: '0' };

export async function startRig(
  settings: Record<string, string> = {},
  worldOptions: Parameters<typeof startWorld>[0] = {},
): Promise<Rig> {
  const world = await startWorld(worldOptions);
  const env: Record<string, string> = {
    ...world.env,
    ...(await addressAt(world)),
    ...testSettings,
    ...settings,
  };
  let ahead = 0;
  const answers = recordAnswers(openApiDocument());
  const { service } = await startWebBff(readConfig(env), { now: () => Date.now() + ahead });
  answers.watch(service.url);
  const headers = new Map<string, WebBffHeaders>();
  if (env['ISSUER'] === world.idp.issuer)
    await Promise.all(
      ['alice', 'bob', 'gina', 'max'].map(async (username) => {
        headers.set(username, await loginToWebBff({ url: service.url, username }));
      }),
    );
  return {
    world,
    service,
    env,
    clock: {
      now: () => Date.now() + ahead,
      advance(ms) {
        ahead += ms;
        world.idp.control.setClock(ahead / 1000);
      },
    },
    as: (user) => headers.get(user)!,
    async close() {
      await service.stop();
      await world.close();
      answers.stop();
    },
  };
}

/** Reserves a port and an origin for web-bff, and registers it at the provider before the process starts. */
export async function addressAt({ idp }: World): Promise<{ PORT: string; PUBLIC_URL: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await idp.control.setClient('web-bff', {
    redirect_uris: [`${url}/auth/callback`],
    post_logout_redirect_uris: [`${url}/`],
    backchannel_logout_uri: `${url}/auth/backchannel-logout`,
  });
  return { PORT: String(port), PUBLIC_URL: url };
}

/** Returns the total number of calls of the services. */
export const upstreamCalls = ({ services }: World): number =>
  Object.values(services.services)
    .flatMap((service) => Object.values(service.calls()))
    .reduce((sum, count) => sum + count, 0);
