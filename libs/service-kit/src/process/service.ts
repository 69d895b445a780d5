import type { RequestListener, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createHttpServer, type HttpLimits } from '../http/http-server.ts';
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

/** Thrown when a port is in use, so that the caller can name the setting that changes the port. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  readonly port: number;

  constructor(port: number, cause: unknown) {
    super(`port ${port} is taken`, { cause });
    this.port = port;
  }
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
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
    if (draining) response.setHeader('Connection', 'close');
  };
  const server = createHttpServer(
    requestListener({ ...options, shedding, recent, onResponse }),
    options,
    observeRefusals({ log, metrics, clock: options.clock ?? monotonicClock }),
  );
  const management = createHttpServer(managementListener({ ...options, recent, draining: () => draining }));

  await listen(management, options.managementPort, host);
  try {
    await listen(server, options.port, host);
  } catch (error) {
    management.close();
    throw error;
  }
  const service = { url: urlOf(server), managementUrl: urlOf(management) };
  log.info(service, 'ready');

  const drain = async (): Promise<boolean> => {
    draining = true;
    log.info({ open_requests: shedding.inFlight() }, 'draining');
    await delay(drainDelayMs);
    const closed = once(server, 'close');
    closing = true;
    server.close();
    server.closeIdleConnections();
    const inTime = await Promise.race([closed.then(() => true), delay(drainGraceMs).then(() => false)]);
    if (!inTime) {
      log.error({ open_requests: shedding.inFlight() }, 'requests cut off at the end of the grace period');
      server.closeAllConnections();
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
 * Maximum connections that wait to be accepted (listen backlog). Linux limits it to `net.core.somaxconn`,
 * 4096 by default. With Node's default of 511, TCP retransmissions delay a burst by seconds.
 */
const backlog = 4_096;

async function listen(server: Server, port: number, host: string): Promise<void> {
  // The host `::` is left out: without a host Node also listens on `::`, which includes IPv4, but falls back
  // to 0.0.0.0 where the kernel has no IPv6.
  server.listen({ port, backlog, ...(host !== '::' && { host }) });
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTaken(port, error);
    throw error;
  }
}

function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/**
 * Resolves after `ms`. The timer is unreferenced, so that it does not keep the process alive after a drain.
 */
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
