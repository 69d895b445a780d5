import type { RequestListener, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createHttpServer, type HttpLimits } from './http-server.ts';
import {
  createLoadShedding,
  type LoadShedding,
  type LoadSheddingOptions,
} from '../admission/load-shedding.ts';
import { monotonicClock, type Clock } from '../core/deadline.ts';
import type { Logger } from '../telemetry/logger.ts';
import { requestListener } from './request-listener.ts';
import { managementListener, type ManagementPages } from './management.ts';
import { observeRefusals } from '../telemetry/observe-refusals.ts';
import { RecentDegradations } from '../telemetry/recent-degradations.ts';
import type { Tracing } from '../telemetry/tracing.ts';

export interface ServiceOptions
  extends HttpLimits, LoadSheddingOptions, Omit<ManagementPages, 'draining' | 'recent'> {
  readonly app: RequestListener;
  /** The one whose turns the app takes. default: one made of these options */
  readonly shedding?: LoadShedding;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly managementPort: number;
  readonly log: Logger;
  /** Share of the access lines that are written, 0 to 1; default 1. */
  readonly accessLogSample?: number;
  /** Of the intervals between log lines. default: time that passes */
  readonly clock?: Clock;
  /** Closed with the service. */
  readonly tracing?: Tracing | undefined;
  /** Readiness fails this long before the doors close, so that load balancers stop sending. Milliseconds. */
  readonly drainDelayMs: number;
  /** Requests still running this long after the doors closed are cut off. Milliseconds. */
  readonly drainGraceMs: number;
  /** Ends pools and stores; runs when the last request is answered. */
  readonly close: () => Promise<void>;
}

export interface Service {
  /** `http://host:port` */
  readonly url: string;
  readonly managementUrl: string;
  /** Drains and closes; resolves to false when requests had to be cut off. Calling it again waits for the first call. */
  stop(): Promise<boolean>;
}

/** A port that another process has; named so that the message can say which setting moves it. */
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
      // It was promised to stay open when the doors still were: it would hold up the drain until its client lets go.
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

/** Connections that wait to be accepted; Linux takes the smaller one of this and its own 4096. With Node's 511 a burst waits seconds for TCP to try again. */
const backlog = 4_096;

async function listen(server: Server, port: number, host: string): Promise<void> {
  // Without a host Node listens on `::`, IPv4 included, and on 0.0.0.0 where the kernel has no IPv6.
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

/** Unreferenced: a drain that is through must not keep the process alive. */
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
