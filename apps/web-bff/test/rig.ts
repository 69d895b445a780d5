import { loginToWebBff, startWorld, type WebBffHeaders, type World } from '@bff/demo-world';
import type { Service } from '@bff/service-kit';
import { freePort, recordAnswers } from '@bff/testbed';
import { readConfig } from '../src/config.ts';
import { openApiDocument } from '../src/contract/openapi.ts';
import { startWebBff } from '../src/wiring.ts';

/** web-bff in a world of its own. */
export interface Rig {
  readonly world: World;
  readonly service: Service;
  /** The settings that it runs with; another replica takes them too, with another PORT. */
  readonly env: Readonly<Record<string, string>>;
  /** Of logins and sessions, and of the provider; ahead of the machine's by what it was advanced. */
  readonly clock: { advance(ms: number): void; now(): number };
  /** What the page of a demo user sends, logged in once for all. */
  as(user: string): WebBffHeaders;
  close(): Promise<void>;
}

/** Sessions are confirmed by the provider where that is tested. */
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

/** A port and an origin for web-bff, which the provider is told of before anybody listens there. */
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

/** How often the services behind were called, all together. */
export const upstreamCalls = ({ services }: World): number =>
  Object.values(services.services)
    .flatMap((service) => Object.values(service.calls()))
    .reduce((sum, count) => sum + count, 0);
