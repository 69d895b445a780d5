import { monotonicClock, type Clock, type Logger, type Metrics } from '@bff/service-kit';
import type { BreakerSettings } from './breaker-settings.ts';
import { CircuitBreaker, type BreakerState } from './circuit-breaker.ts';
import { createInstruments, observeBreaker } from './instruments.ts';
import { createLoyaltyClient, type loyaltyOperations, type LoyaltyClient } from './loyalty-client.ts';
import {
  createNotificationClient,
  type notificationOperations,
  type NotificationClient,
} from './notification-client.ts';
import type { Operation, ServiceName } from './operation.ts';
import { createOrderClient, type orderOperations, type OrderClient } from './order-client.ts';
import { compile } from './pipeline.ts';
import { createTransport, type TlsIdentity } from './transport.ts';
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
  /** Of breakers and durations; deadlines bring their own. Default: the monotonic clock. */
  readonly clock?: Clock;
  /** Changes to the breakers of single operations. */
  readonly breakers?: Readonly<Partial<Record<OperationName, Partial<BreakerSettings>>>>;
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
 * @throws {TypeError} when an address or a breaker setting is wrong
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
  } = options;
  const instruments = createInstruments(metrics);
  const overrides = new Map(Object.entries(options.breakers ?? {}));
  const breakers: { upstream: ServiceName; operation: string; breaker: CircuitBreaker }[] = [];

  const transportTo = (service: ServiceName) =>
    createTransport({
      address: addresses[service],
      audience: audiences[service] ?? `${service}-service`,
      tls,
      maxBodyBytes,
    });
  const transports = {
    user: transportTo('user'),
    order: transportTo('order'),
    notification: transportTo('notification'),
    loyalty: transportTo('loyalty'),
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
      transport: transports[operation.service],
      breaker,
      instruments,
      log,
      clock,
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
    await Promise.all(Object.values(transports).map((transport) => transport.close()));
    for (const { breaker } of breakers) breaker.shutdown();
  };

  return {
    ...clients,
    breakers: () =>
      breakers.map(({ upstream, operation, breaker }) => ({ upstream, operation, state: breaker.state })),
    close: () => (closed ??= closeAll()),
  };
}
