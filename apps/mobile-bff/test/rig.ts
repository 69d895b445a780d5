import { loginToMobileBff, startWorld, type World } from '@bff/demo-world';
import type { Service } from '@bff/service-kit';
import { freePort, recordAnswers, until } from '@bff/testbed';
import { readConfig } from '../src/config.ts';
import { openApiDocument } from '../src/contract/openapi.ts';
import { startMobileBff } from '../src/wiring.ts';

/** A running mobile-bff with fake services and provider. */
export interface Rig {
  readonly world: World;
  readonly service: Service;
  /** Public origin. If several processes serve it, the first one listens there. */
  readonly url: string;
  /** Offset of mobile-bff's clock, in milliseconds. */
  readonly clock: { aheadMs: number };
  /**
   * Returns the `Authorization` field of a demo user, who logs in at the first call. Retries a failed login.
   */
  as(user: string): Promise<{ readonly Authorization: string }>;
  /** Starts another process with the same public origin, on its own port, optionally with other settings. */
  replica(env?: Readonly<Record<string, string>>): Promise<Service>;
  /** Resolves when the first process serves requests, also after an outage of its store. */
  ready(): Promise<unknown>;
  close(): Promise<void>;
}

/** Disables revalidation by the provider, except in the tests about it. */
const testSettings = { REVALIDATION_SECONDS: '0' };

export async function startRig(env: Record<string, string> = {}): Promise<Rig> {
  const world = await startWorld();
  const url = `http://127.0.0.1:${await freePort()}`;
  await world.idp.control.setClient('mobile-bff', {
    redirect_uris: [`${url}/oauth/callback`],
    backchannel_logout_uri: `${url}/oauth/backchannel-logout`,
  });
  const clock = { aheadMs: 0 };
  const answers = recordAnswers(openApiDocument());
  const started: Service[] = [];
  async function start(port: string, more: Readonly<Record<string, string>> = {}): Promise<Service> {
    const config = readConfig({
      ...world.env,
      PUBLIC_URL: url,
      ...testSettings,
      ...env,
      ...more,
      PORT: port,
    });
    const { service } = await startMobileBff(config, { now: () => Date.now() + clock.aheadMs });
    started.push(service);
    answers.watch(service.url);
    return service;
  }

  const tokens = new Map<string, ReturnType<Rig['as']>>();
  function as(username: string): ReturnType<Rig['as']> {
    const token = tokens.get(username) ?? loginToMobileBff({ url, username });
    tokens.set(username, token);
    token.catch(() => tokens.delete(username));
    return token;
  }

  const service = await start(new URL(url).port);
  return {
    world,
    service,
    url,
    clock,
    as,
    replica: (more) => start('0', more),
    ready: () => until(async () => (await fetch(`${service.managementUrl}/readyz`)).status === 200),
    async close() {
      await Promise.all(started.map((service) => service.stop()));
      await world.close();
      answers.stop();
    },
  };
}
