import {
  monotonicClock,
  type Clock,
  type Logger,
  type Metrics,
  type TlsFiles,
  type Tracing,
} from '@bff/service-kit';
import type { buildConnector } from 'undici';
import { createCache, type CacheOptions } from './cache/cache-settings.ts';
import { RecentWrites } from './cache/recent-writes.ts';
import type { ClientCall } from './pipeline/call.ts';
import type { AnyOperation, BodyOf, InputOf, OutputOf } from './pipeline/operation.ts';
import { compile } from './pipeline/pipeline.ts';
import type { BreakerSettings } from './resilience/breaker-settings.ts';
import { bulkheadDefaults, type BulkheadSettings } from './resilience/bulkhead-settings.ts';
import { Bulkhead } from './resilience/bulkhead.ts';
import { CircuitBreaker, type BreakerState } from './resilience/circuit-breaker.ts';
import { RetryBudget } from './resilience/retry-budget.ts';
import { clientName, servicesOf, type ServiceRegistry } from './service/registry.ts';
import type { info, ServiceInfo } from './service/service.ts';
import { createInstruments, observeBreaker } from './telemetry/instruments.ts';
import { createFaultReport } from './telemetry/report-faults.ts';
import { createTransport } from './transport/transport.ts';

export interface UpstreamOptions {
  /**
   * Base URL of each service by its name; its path is prefixed to every path of the service. Default: the
   * declared addresses.
   */
  readonly addresses?: Readonly<Record<string, string>>;
  /**
   * Client certificate and authorities for all upstreams. Default: no client certificate, the system's
   * authorities.
   */
  readonly tls?: TlsFiles | undefined;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Tracer for the spans of calls. Default: no spans. */
  readonly tracing?: Tracing | undefined;
  /** Clock of breakers and durations; a deadline has its own. Default: the monotonic clock. */
  readonly clock?: Clock;
  /** Overrides of the breakers of single operations, by `service.operation`. */
  readonly breakers?: Readonly<Record<string, Partial<BreakerSettings>>>;
  /** Overrides of the bulkheads of all services; the settings that a service declares take precedence. */
  readonly bulkhead?: Partial<BulkheadSettings>;
  /** Cache of answers to reads. Default: in memory, 16 MiB. */
  readonly cache?: CacheOptions;
  /** Returns milliseconds since 1970, to compare with the dates of upstreams. Default: `Date.now`. */
  readonly now?: () => number;
  /** Retries of a read after the first try, 0 to 3. Default: 1. */
  readonly retries?: number;
  /** Source of the jitter in the pauses before retries. Default: `Math.random`. */
  readonly random?: () => number;
  /**
   * Milliseconds after which an idle connection is not reused; upstreams must keep idle connections longer.
   * Default: 4000.
   */
  readonly idleMs?: number;
  /** Opens connections. Default: TCP. */
  readonly connect?: buildConnector.connector | undefined;
  /** Largest body of an answer in bytes; a larger one is a bad response. Default: 1 MiB. */
  readonly maxBodyBytes?: number;
}

/** The call that a client has for an operation. */
export type CallOf<O extends AnyOperation> = ClientCall<OutputOf<O>, InputOf<O>, BodyOf<O>>;

/** A client for each service of a registry, with a call for each of its operations. */
export type ClientsOf<Services extends ServiceRegistry> = {
  readonly [Name in keyof Services]: {
    readonly [
      Operation in Exclude<keyof Services[Name], typeof info>
    ]: Services[Name][Operation] extends AnyOperation ? CallOf<Services[Name][Operation]> : never;
  };
};

export interface Upstreams<Services extends ServiceRegistry = ServiceRegistry> {
  readonly clients: ClientsOf<Services>;
  /**
   * Returns the call of an operation.
   * @throws {TypeError} when the operation belongs to no registered service
   */
  callOf<O extends AnyOperation>(operation: O): CallOf<O>;
  /** Returns the current state of every breaker. */
  breakers(): readonly BreakerReport[];
  /** Rejects new calls, waits for those in flight, then closes the connections. */
  close(): Promise<void>;
}

export interface BreakerReport {
  readonly upstream: string;
  readonly operation: string;
  readonly state: BreakerState;
}

/**
 * Creates the clients of all upstreams of a process: one connection pool per service, one breaker per
 * operation.
 * @throws {TypeError} when an address or a setting is wrong
 * @example const { clients } = createUpstreamClients(services, { metrics, log });
 */
export function createUpstreamClients<Services extends ServiceRegistry>(
  services: Services,
  options: UpstreamOptions,
): Upstreams<Services> {
  const {
    addresses = {},
    tls,
    connect,
    metrics,
    log,
    clock = monotonicClock,
    maxBodyBytes = 1_048_576,
  } = options;
  const { idleMs = 4_000, retries = 1, random = Math.random, now = Date.now } = options;
  if (!Number.isInteger(retries) || retries < 0 || retries > 3)
    throw new TypeError('retries: must be 0, 1, 2 or 3');
  const cache = createCache(options.cache ?? {}, clock, now);
  const writes = new RecentWrites();
  const instruments = createInstruments(metrics);
  const overrides = new Map(Object.entries(options.breakers ?? {}));
  const breakers: { upstream: string; operation: string; breaker: CircuitBreaker }[] = [];
  const transports: { close(): Promise<void> }[] = [];
  const calls = new Map<AnyOperation, ClientCall>();

  const declared = servicesOf(services);
  const unknown = Object.keys(addresses).filter((name) => declared.every((each) => each.name !== name));
  if (unknown.length > 0) throw new TypeError(`addresses of unknown services: ${unknown.join(', ')}`);

  const clientOf = ({ name, address, audience, bulkhead, operations }: ServiceInfo) => {
    const retryBudget = new RetryBudget();
    const reached = { address: addresses[name] ?? address, audience, tls, connect };
    const transport = createTransport({ ...reached, maxBodyBytes, idleMs, retryBudget });
    transports.push(transport);
    const upstream = {
      audience,
      transport,
      bulkhead: new Bulkhead(name, { ...bulkheadDefaults, ...options.bulkhead, ...bulkhead }, clock),
      retryBudget,
      reportFault: createFaultReport(log, clock),
    };
    return Object.fromEntries(
      Object.entries(operations).map(([operationName, operation]) => {
        const label = `${name}.${operationName}`;
        const breaker = new CircuitBreaker(
          label,
          { ...operation.breaker, ...overrides.get(label) },
          { clock, probeMs: operation.budgetMs, onTransition: observeBreaker(operation, instruments, log) },
        );
        overrides.delete(label);
        breakers.push({ upstream: name, operation: operationName, breaker });
        const parts = { ...upstream, breaker, retries, writes, cache, random, instruments, log, clock };
        const call = compile(operation, { ...parts, tracing: options.tracing });
        calls.set(operation, call);
        return [operationName, call];
      }),
    );
  };
  const clients = Object.fromEntries(
    declared.map((service) => [clientName(service.name), clientOf(service)]),
  );
  if (overrides.size > 0)
    throw new TypeError(`breaker settings for unknown operations: ${[...overrides.keys()].join(', ')}`);

  let closed: Promise<void> | undefined;
  const closeAll = async () => {
    await Promise.all(transports.map((transport) => transport.close()));
    for (const { breaker } of breakers) breaker.shutdown();
  };

  return {
    clients: clients as ClientsOf<Services>,
    callOf(operation) {
      const call = calls.get(operation);
      if (!call)
        throw new TypeError(
          `operation "${operation.service}.${operation.name}" belongs to no registered service`,
        );
      return call as CallOf<typeof operation>;
    },
    breakers: () =>
      breakers.map(({ upstream, operation, breaker }) => ({ upstream, operation, state: breaker.state })),
    close: () => (closed ??= closeAll()),
  };
}
