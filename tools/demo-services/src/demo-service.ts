import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { internalTokenVerifier } from '@bff/auth-delegation';
import {
  createHttpServer,
  createLogger,
  httpOrigin,
  listen,
  type Logger,
  type Tracing,
} from '@bff/service-kit';
import { createCalls } from './control/calls.ts';
import { openDatabase } from './data/database.ts';
import { createFaults, type Faults } from './faults.ts';
import { createListener } from './http/listener.ts';
import { seededRandom, type Random } from './random.ts';
import { patternsOf, simulatedService, type SimulatedService } from './registered-services.ts';

/** This secret is publicly known, so it protects only demo data. */
export const developmentSecret = 'development-internal-jwt-secret-known-to-everybody';

export interface DemoServiceOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Port to listen on. Default 0: a free port. */
  readonly port?: number;
  /**
   * Verifies HS256 internal tokens; at least 32 bytes. Default {@link developmentSecret}, unless `jwksUris`
   * are given.
   */
  readonly secret?: string;
  /** Addresses of the key sets of ES256 internal tokens. Excludes `secret`. */
  readonly jwksUris?: readonly string[];
  /** File of the SQL database, seeded when new. Default `:memory:`. */
  readonly databaseFile?: string;
  /** `Cache-Control` of the answers to GET; `by-route`: a suitable one per route. Default `no-store`. */
  readonly cacheControl?: string;
  /** Origins of pages that may set faults from a browser. Default: none. */
  readonly controlOrigins?: readonly string[];
  /** Median delay of slow fakes in milliseconds; 0 disables it. Default 60. */
  readonly slowDelayMs?: number;
  /**
   * Decides which calls a fault affects and how long delays are. Default: the same sequence at every start.
   */
  readonly random?: Random;
  /** Log of the service. Default: a silent one. */
  readonly log?: Logger;
  /** Continues the traces of callers. Default: no tracing. */
  readonly tracing?: Tracing | undefined;
}

export interface DemoService {
  readonly name: string;
  /** Required audience of internal tokens. */
  readonly audience: string;
  /** `http://host:port` */
  readonly url: string;
  readonly port: number;
  /** Returns the calls by route pattern, since the start or since `DELETE /__calls`. */
  calls(): Record<string, number>;
  readonly faults: Omit<Faults, 'draw'>;
  /** Stops at once: closes open connections, including those of hanging answers. */
  close(): Promise<void>;
}

/**
 * Starts the fake of one service in this process.
 *
 * @param name of its process: `thing-service` for the service `thing`
 * @throws {PortTaken}
 * @throws {TypeError} when the service is unknown, when both `secret` and `jwksUris` are given, or when the
 * secret is too short
 */
export const startDemoService = async (
  name: string,
  options: DemoServiceOptions = {},
): Promise<DemoService> => startSimulatedService(simulatedService(name), options);

/** Starts the fake of a given service, like {@link startDemoService}. */
export async function startSimulatedService(
  { name, audience, service }: SimulatedService,
  options: DemoServiceOptions = {},
): Promise<DemoService> {
  const {
    host = '127.0.0.1',
    port = 0,
    jwksUris,
    databaseFile = ':memory:',
    slowDelayMs = 60,
    cacheControl = 'no-store',
    controlOrigins = [],
  } = options;
  const { random = seededRandom(name), log = createLogger(name, 'silent') } = options;
  const secret = options.secret ?? (jwksUris ? undefined : developmentSecret);
  const verifier = internalTokenVerifier({ audience, secret, jwksUris });
  const faults = createFaults(patternsOf(service), random);
  const calls = createCalls(patternsOf(service));
  const database = openDatabase(databaseFile, name, service);

  const resources = { database, random, slowDelayMs, log };
  const listener = createListener({
    service,
    resources,
    verifier,
    faults,
    calls,
    log,
    cacheControl,
    controlOrigins,
  });
  const { tracing } = options;
  const server = createHttpServer((request, response) => {
    if (!tracing) return listener(request, response);
    const span = tracing.serve(request, response, () => listener(request, response));
    response.once('close', () => span.end(name));
  });
  let bound: AddressInfo;
  try {
    bound = await listen(server, { host, port });
  } catch (error) {
    database.close();
    throw error;
  }

  const end = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    database.close();
  };
  let ended: Promise<void> | undefined;
  return {
    name,
    audience,
    url: httpOrigin(bound),
    port: bound.port,
    calls: calls.counts,
    faults,
    close: () => (ended ??= end()),
  };
}
