import {
  bffPlan,
  freeWorld,
  startProcess,
  worldPorts,
  type BffName,
  type RunningProcess,
} from '@bff/demo-world';
import { startDemoWorld, registeredServices } from '@bff/demo-services';
import { freePorts, startRedis, type TestRedis } from '@bff/testbed';

/** All BFFs (two replicas each of web and mobile), Redis and the demo services. */
export interface KeycloakWorld {
  /** Origin of the first replica of web-bff, which browsers use. `otherWeb`: origin of its second replica. */
  readonly web: string;
  readonly otherWeb: string;
  readonly mobile: string;
  readonly otherMobile: string;
  readonly partner: string;
  readonly agents: string;
  readonly managementUrls: Readonly<Record<string, string>>;
  readonly redis: TestRedis;
  /** Output of all BFFs at level `trace`. */
  readonly log: readonly string[];
  /** Starts the BFFs; resolves when all serve. */
  start(settings: WorldSettings): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldSettings {
  /** Settings for all BFFs. `secrets`: client secrets of single BFFs, by name. */
  readonly all: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Partial<Record<BffName, string>>>;
}

const internalSecret = 'internal secret of the run with keycloak';
const replicated = ['web-bff', 'mobile-bff'] as const;

/**
 * Starts Redis and the services. `start` starts the BFFs, because they need the provider, which itself needs
 * their addresses.
 */
export async function prepareWorld(): Promise<KeycloakWorld> {
  // With this secret the BFFs use no development key of this checkout.
  process.env['INTERNAL_JWT_SECRET'] = internalSecret;
  const at = worldPorts(await freeWorld());
  const others = await freePorts(2 * replicated.length);
  const [redis, services] = await Promise.all([
    startRedis(),
    startDemoWorld({ secret: internalSecret, slowDelayMs: 0 }),
  ]);
  const addresses = Object.fromEntries(
    registeredServices.map((each) => [each.addressVariable, services.addresses[each.client]]),
  );
  const log: string[] = [];
  let running: RunningProcess[] = [];
  const origin = (port: number | undefined): string => `http://localhost:${port}`;

  async function stop(): Promise<void> {
    await Promise.all(running.map((each) => each.stop()));
    running = [];
  }

  return {
    web: origin(at.web.port),
    mobile: origin(at.mobile.port),
    partner: origin(at.partner.port),
    agents: origin(at.agent.port),
    otherWeb: origin(others[0]),
    otherMobile: origin(others[2]),
    managementUrls: {
      'web-bff': origin(at.webManagement.port),
      'mobile-bff': origin(at.mobileManagement.port),
      'partner-bff': origin(at.partnerManagement.port),
      'agent-bff': origin(at.agentManagement.port),
    },
    redis,
    log,
    async start({ all, secrets }) {
      const plans = (['web-bff', 'mobile-bff', 'partner-bff', 'agent-bff'] as const).map((name) => {
        const plan = bffPlan(name, at);
        const env = {
          ...plan.env,
          ...addresses,
          ...{ REDIS_URL: redis.url, LOG_LEVEL: 'trace' },
          ...all,
          ...(secrets[name] !== undefined && { CLIENT_SECRET: secrets[name] }),
        };
        return { ...plan, env };
      });
      const seconds = replicated.map((name, index) => {
        const plan = plans.find((each) => each.name === name);
        if (!plan) throw new Error(`no process is named ${name}`);
        const [port, management] = others.slice(2 * index);
        return {
          ...plan,
          name: `${name} 2`,
          env: { ...plan.env, PORT: String(port), MANAGEMENT_PORT: String(management) },
          readyUrl: `http://127.0.0.1:${management}/readyz`,
        };
      });
      running = [...plans, ...seconds].map((plan) =>
        startProcess(plan, (line) => void log.push(`${plan.name} ${line}`)),
      );
      await Promise.all(running.map(({ ready }) => ready));
    },
    async stop() {
      await stop();
      await Promise.all([redis.close(), services.close()]);
    },
  };
}
