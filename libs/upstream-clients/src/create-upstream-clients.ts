import { monotonicClock, type Clock, type Logger, type Metrics, type Tracing } from '@bff/service-kit';
import type { BreakerSettings } from './resilience/breaker-settings.ts';
import { bulkheadDefaults, type BulkheadSettings } from './resilience/bulkhead-settings.ts';
import { Bulkhead } from './resilience/bulkhead.ts';
import { createCache, type CacheOptions } from './cache/cache-settings.ts';
import { CircuitBreaker, type BreakerState } from './resilience/circuit-breaker.ts';
import { createInstruments, observeBreaker } from './telemetry/instruments.ts';
import { createLoyaltyClient, type loyaltyOperations, type LoyaltyClient } from './loyalty-client.ts';
import {
  createNotificationClient,
  type notificationOperations,
  type NotificationClient,
} from './notification-client.ts';
import type { Operation, ServiceName } from './pipeline/operation.ts';
import { createOrderClient, type orderOperations, type OrderClient } from './order-client.ts';
import { compile } from './pipeline/pipeline.ts';
import { RecentWrites } from './cache/recent-writes.ts';
import { RetryBudget } from './resilience/retry-budget.ts';
import { createTransport, type TlsIdentity } from './transport/transport.ts';
import { createUserClient, type userOperations, type UserClient } from './user-client.ts';

export type OperationName =
  | `user.${keyof typeof userOperations}`
  | `order.${keyof typeof orderOperations}`
  | `notification.${keyof typeof notificationOperations}`
  | `loyalty.${keyof typeof loyaltyOperations}`;

export interface UpstreamOptions {
  /** Base URL of each service; a path in it is put before every path of the contract. */
  readonly addresses: Readonly<Record<ServiceName, string>>;
  /** Whom the internal tokens are made out to. Default: `user-service`, `order-service` and so on. */
  readonly audiences?: Readonly<Partial<Record<ServiceName, string>>>;
  /** Client certificate for all upstreams. Default: none, and the system's authorities. */
  readonly tls?: TlsIdentity;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Default: no call has a span. */
  readonly tracing?: Tracing | undefined;
  /** Of breakers and durations; deadlines bring their own. Default: the monotonic clock. */
  readonly clock?: Clock;
  /** Changes to the breakers of single operations. */
  readonly breakers?: Readonly<Partial<Record<OperationName, Partial<BreakerSettings>>>>;
  /** Changes to the bulkheads of single upstreams. */
  readonly bulkheads?: Readonly<Partial<Record<ServiceName, Partial<BulkheadSettings>>>>;
  /** Of answers to reads. Default: in memory, 16 MiB. */
  readonly cache?: CacheOptions;
  /** Milliseconds since 1970, for the dates of upstreams. Default: `Date.now`. */
  readonly now?: () => number;
  /** Tries after the first one, of reads only, 0 to 3. Default: 1. */
  readonly retries?: number;
  /** Spreads the pauses before retries. Default: `Math.random`. */
  readonly random?: () => number;
  /** A longer answer is a bad response. Default: 1 MiB. */
  readonly maxBodyBytes?: number;
}

export interface UpstreamClients {
  readonly user: UserClient;
  readonly order: OrderClient;
  readonly notification: NotificationClient;
  readonly loyalty: LoyaltyClient;
  /** The breakers as they stand. */
  breakers(): readonly BreakerReport[];
  /** Takes no more calls, lets those in flight end, closes the connections. */
  close(): Promise<void>;
}

export interface BreakerReport {
  readonly upstream: ServiceName;
  readonly operation: string;
  readonly state: BreakerState;
}

/**
 * All upstreams of a process: one connection pool per service, one breaker per operation.
 *
 * @throws {TypeError} when an address or a setting is wrong
 */
export function createUpstreamClients(options: UpstreamOptions): UpstreamClients {
  const {
    addresses,
    audiences = {},
    tls,
    metrics,
    log,
    clock = monotonicClock,
    maxBodyBytes = 1_048_576,
    retries = 1,
    random = Math.random,
    now = Date.now,
  } = options;
  if (!Number.isInteger(retries) || retries < 0 || retries > 3)
    throw new TypeError('retries: must be 0, 1, 2 or 3');
  const cache = createCache(options.cache ?? {}, clock, now);
  const writes = new RecentWrites();
  const instruments = createInstruments(metrics);
  const overrides = new Map(Object.entries(options.breakers ?? {}));
  const breakers: { upstream: ServiceName; operation: string; breaker: CircuitBreaker }[] = [];

  const upstreamTo = (service: ServiceName) => ({
    ...transportTo(service),
    bulkhead: new Bulkhead(service, { ...bulkheadDefaults, ...options.bulkheads?.[service] }, clock),
    retryBudget: new RetryBudget(),
  });
  const transportTo = (service: ServiceName) => {
    const audience = audiences[service] ?? `${service}-service`;
    return {
      audience,
      transport: createTransport({ address: addresses[service], audience, tls, maxBodyBytes }),
    };
  };
  const upstreams = {
    user: upstreamTo('user'),
    order: upstreamTo('order'),
    notification: upstreamTo('notification'),
    loyalty: upstreamTo('loyalty'),
  };

  const compileOne = <T>(operation: Operation<T>) => {
    const name = `${operation.service}.${operation.name}`;
    const breaker = new CircuitBreaker(
      name,
      { ...operation.breaker, ...overrides.get(name) },
      { clock, onTransition: observeBreaker(operation, instruments, log) },
    );
    overrides.delete(name);
    breakers.push({ upstream: operation.service, operation: operation.name, breaker });
    return compile(operation, {
      ...upstreams[operation.service],
      breaker,
      retries,
      writes,
      cache,
      random,
      instruments,
      log,
      clock,
      tracing: options.tracing,
    });
  };
  const clients = {
    user: createUserClient(compileOne),
    order: createOrderClient(compileOne),
    notification: createNotificationClient(compileOne),
    loyalty: createLoyaltyClient(compileOne),
  };
  if (overrides.size > 0)
    throw new TypeError(`breaker settings for unknown operations: ${[...overrides.keys()].join(', ')}`);

  let closed: Promise<void> | undefined;
  const closeAll = async () => {
    await Promise.all(Object.values(upstreams).map(({ transport }) => transport.close()));
    for (const { breaker } of breakers) breaker.shutdown();
  };

  return {
    ...clients,
    breakers: () =>
      breakers.map(({ upstream, operation, breaker }) => ({ upstream, operation, state: breaker.state })),
    close: () => (closed ??= closeAll()),
  };
}
