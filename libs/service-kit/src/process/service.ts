import type { RequestListener, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createHttpServer, type HttpLimits } from '../http/http-server.ts';
import { httpOrigin, listen, listenTogether, serversPerPort } from './listen.ts';
import {
  createLoadShedding,
  type LoadShedding,
  type LoadSheddingOptions,
} from '../admission/load-shedding.ts';
import { monotonicClock, type Clock } from '../core/deadline.ts';
import type { Logger } from '../telemetry/logger.ts';
import { requestListener } from '../http/request-listener.ts';
import { managementListener, type ManagementPages } from '../http/management.ts';
import { observeRefusals } from '../telemetry/observe-refusals.ts';
import { RecentDegradations } from '../telemetry/recent-degradations.ts';
import type { Tracing } from '../telemetry/tracing.ts';

export interface ServiceOptions
  extends HttpLimits, LoadSheddingOptions, Omit<ManagementPages, 'draining' | 'recent'> {
  readonly app: RequestListener;
  /** Admission control that the app reports tenants to. default: created from these options */
  readonly shedding?: LoadShedding;
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
  readonly managementPort: number;
  readonly log: Logger;
  /** Share of access log lines that are written, 0 to 1. default 1 */
  readonly accessLogSample?: number;
  /** Clock of the intervals between log lines. default: monotonic time */
  readonly clock?: Clock;
  /** Tracer of the process; the service closes it when it stops. */
  readonly tracing?: Tracing | undefined;
  /** Milliseconds for which readiness fails before the ports close, so that load balancers stop sending. */
  readonly drainDelayMs: number;
  /** Milliseconds after the ports close at which running requests are cut off. */
  readonly drainGraceMs: number;
  /** Closes pools and stores; runs after the last request was answered. */
  readonly close: () => Promise<void>;
}

export interface Service {
  /** `http://host:port` */
  readonly url: string;
  readonly managementUrl: string;
  /**
   * Drains and closes. Resolves to false if requests had to be cut off. A repeated call waits for the first
   * one.
   */
  stop(): Promise<boolean>;
}

/** Opens both ports. @throws {PortTaken} */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { host, log, metrics, tracing, drainDelayMs, drainGraceMs } = options;
  const { shedding = createLoadShedding(options) } = options;
  let draining = false;
  let closing = false;
  const recent = new RecentDegradations();
  const onResponse = (response: ServerResponse): void => {
    response.once('close', () => {
      // This response promised keep-alive before shutdown began, but an idle connection delays the drain.
      if (closing) setImmediate(closeIdleConnections);
    });
    if (draining) response.setHeader('Connection', 'close');
  };
  const listener = requestListener({ ...options, shedding, recent, onResponse });
  const onRefused = observeRefusals({ log, metrics, clock: options.clock ?? monotonicClock });
  const servers = Array.from({ length: serversPerPort }, () =>
    createHttpServer(listener, options, onRefused),
  );
  const closeIdleConnections = (): void => servers.forEach((server) => server.closeIdleConnections());
  const management = createHttpServer(managementListener({ ...options, recent, draining: () => draining }));

  const managementAddress = await listen(management, { host, port: options.managementPort });
  let address: AddressInfo;
  try {
    address = await listenTogether(servers, options);
  } catch (error) {
    for (const each of [management, ...servers]) each.close();
    throw error;
  }
  const service = { url: httpOrigin(address), managementUrl: httpOrigin(managementAddress) };
  log.info(service, 'ready');

  const drain = async (): Promise<boolean> => {
    draining = true;
    log.info({ open_requests: shedding.inFlight() }, 'draining');
    await delay(drainDelayMs);
    const closed = Promise.all(servers.map((server) => once(server, 'close')));
    closing = true;
    for (const server of servers) server.close();
    closeIdleConnections();
    const inTime = await Promise.race([closed.then(() => true), delay(drainGraceMs).then(() => false)]);
    if (!inTime) {
      log.error({ open_requests: shedding.inFlight() }, 'requests cut off at the end of the grace period');
      for (const server of servers) server.closeAllConnections();
    }
    await options.close();
    await tracing?.close();
    management.close();
    management.closeAllConnections();
    log.info('stopped');
    return inTime;
  };
  let stopped: Promise<boolean> | undefined;
  return { ...service, stop: () => (stopped ??= drain()) };
}

/**
 * Resolves after `ms`. The timer is unreferenced, so that it does not keep the process alive after a drain.
 */
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
