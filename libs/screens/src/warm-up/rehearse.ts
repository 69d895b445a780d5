import type { SessionFacts } from '@bff/auth-delegation';
import {
  createLogger,
  createMemoryStore,
  createMetrics,
  type Logger,
  type Metrics,
  type StateStore,
  type TenantId,
} from '@bff/service-kit';
import { createTenantDirectory, type TenantDirectory } from '@bff/tenancy';
import {
  createFakeUpstreams,
  createUpstreamClients,
  type FakeUpstreams,
  type ServiceRegistry,
  type UpstreamOptions,
  type Upstreams,
} from '@bff/upstream-clients';

/** The environment in which the warm-up runs the real pipeline; its metrics and logs are discarded. */
export interface RehearsalWorld {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly store: StateStore;
  readonly fakes: FakeUpstreams;
  readonly upstreams: Upstreams;
  readonly directory: TenantDirectory;
  /** Tenant of the users. */
  readonly tenant: TenantId;
  /** Facts about the login of each user. */
  readonly users: readonly SessionFacts[];
}

const id = 'warm-up';
/**
 * Number of users. Each has a session or token of its own, so the warm-up also runs the code that only the first
 * request of a session or token runs, such as the signing of internal tokens.
 */
const userCount = 50;

/** Creates the environment. @param options of upstream calls; the addresses do not matter */
export function createRehearsalWorld(
  services: ServiceRegistry,
  options: Partial<UpstreamOptions>,
): RehearsalWorld {
  const log = createLogger(id, 'silent');
  const metrics = createMetrics(id, { ofProcess: false });
  const fakes = createFakeUpstreams(services);
  const { addresses, connect } = fakes;
  const tenant = id as TenantId;
  const seconds = Math.floor(Date.now() / 1_000);
  return {
    log,
    metrics,
    store: createMemoryStore(),
    fakes,
    upstreams: createUpstreamClients(services, {
      ...options,
      tls: undefined,
      addresses,
      connect,
      metrics,
      log,
    }),
    directory: createTenantDirectory({
      tenants: [{ id, name: id, status: 'active', fields: {}, quotas: unlimited }],
    }),
    tenant,
    users: Array.from({ length: userCount }, (_, user) => ({
      home: tenant,
      issuer: 'https://warm-up.invalid',
      subject: `${id}-${user}`,
      tenants: [tenant],
      roles: [],
      permissions: [],
      authTime: seconds,
      issuedAt: seconds,
    })),
  };
}

const most = { limit: 1_000_000_000, windowSeconds: 3_600 };
const unlimited = { burst: most, daily: most };
