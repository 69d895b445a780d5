import { waitingShare } from '../admission/admission-queue.ts';
import { logLevels } from '../telemetry/logger.ts';
import { isRedisAddress } from '../state/redis-address.ts';
import { integer, oneOf, port, ratio, text, type Setting, type SettingValues } from './settings.ts';
import { tlsErrors, tlsSettings } from './tls-settings.ts';
import { tracingSettings } from '../telemetry/start-tracing.ts';

export interface ServiceDefaults {
  readonly port: number;
  readonly managementPort: number;
  /** Shortest budget of a screen, in milliseconds. default: the service has no screens */
  readonly budgetMs?: number;
}

/** Returns the settings that every service has; an app adds its own. */
export const serviceSettings = ({ port: publicPort, managementPort, budgetMs = Infinity }: ServiceDefaults) =>
  ({
    host: {
      env: 'HOST',
      schema: text(),
      default: '127.0.0.1',
      meaning: 'address to listen on; `::` in a container: every address, IPv6 and IPv4',
    },
    port: { env: 'PORT', schema: port(), default: publicPort, meaning: 'public port' },
    managementPort: {
      env: 'MANAGEMENT_PORT',
      schema: port(),
      default: managementPort,
      meaning: 'port of /livez, /readyz, /metrics, /console and /.well-known/jwks.json; never public',
    },
    logLevel: {
      env: 'LOG_LEVEL',
      schema: oneOf(logLevels),
      default: 'info',
      meaning: `lowest level that is logged: one of ${logLevels.join(', ')}`,
    },
    accessLogSample: {
      env: 'ACCESS_LOG_SAMPLE',
      schema: ratio(),
      default: 1,
      meaning:
        'share of the requests that have an access line, 0 to 1; failed and degraded requests always have one',
    },
    ...tracingSettings,
    redisUrl: {
      env: 'REDIS_URL',
      schema: text().refine(
        isRedisAddress,
        'must be redis://, several of them comma separated, or redis+sentinel://',
      ),
      optional: 'development',
      secret: true,
      meaning:
        'shared state: redis://host:6379/0, several comma separated for a cluster, or redis+sentinel://host:26379,host2:26379/master; rediss for TLS; unset: in memory, for one process only',
    },
    ...tlsSettings('redis', 'Redis'),
    redisTimeoutMs: {
      env: 'REDIS_TIMEOUT_MS',
      schema: integer(10, 10_000),
      default: 500,
      meaning: 'time-out of one command to the state store, in milliseconds',
    },
    maxHeaderBytes: {
      env: 'MAX_HEADER_BYTES',
      schema: integer(1_024, 1_048_576),
      default: 16_384,
      meaning: 'maximum size of request line and header fields together, in bytes; a larger request is a 431',
    },
    headersTimeoutMs: {
      env: 'HEADERS_TIMEOUT_MS',
      schema: integer(100, 600_000),
      default: 10_000,
      meaning:
        'maximum time in which the headers of a request arrive, in milliseconds; a slower request is a 408',
    },
    requestTimeoutMs: {
      env: 'REQUEST_TIMEOUT_MS',
      schema: integer(100, 600_000),
      default: 30_000,
      meaning:
        'maximum time in which a complete request arrives, body included, in milliseconds; a slower request is a 408. A connection is closed when its client accepts no byte of a response for this time',
    },
    keepAliveTimeoutMs: {
      env: 'KEEP_ALIVE_TIMEOUT_MS',
      schema: integer(0, 3_600_000),
      default: 65_000,
      meaning:
        'milliseconds after which an idle connection is closed; above the idle time-out of the load balancer',
    },
    maxInFlight: {
      env: 'MAX_IN_FLIGHT',
      schema: integer(1, 100_000),
      default: 1_000,
      meaning: 'maximum requests in flight; further requests wait in the admission queue',
    },
    maxInFlightPerTenant: {
      env: 'MAX_IN_FLIGHT_PER_TENANT',
      schema: integer(1, 100_000),
      default: 500,
      meaning:
        'maximum requests in flight of one tenant, and of all unauthenticated clients together; below MAX_IN_FLIGHT, so that other tenants have capacity',
    },
    maxQueued: {
      env: 'MAX_QUEUED',
      schema: integer(1, 100_000),
      default: 4_000,
      meaning:
        'maximum length of the admission queue; when it is full, the newest request of the tenant with the most is rejected with 503',
    },
    maxQueueDelayMs: {
      env: 'MAX_QUEUE_DELAY_MS',
      schema: integer(1, 10_000),
      default: Math.max(1, Math.min(1_000, Math.floor(budgetMs / 2))),
      meaning:
        'maximum queueing delay in milliseconds; by default half of the shortest budget of a screen, at most 1000. A queue whose delay stays at or above this value for twice as long as this value, and which does not drain meanwhile, is overloaded. Its reads are then rejected with 503 after a twentieth of this value, until hardly any must be. Must be below three quarters of the shortest budget of a screen',
    },
    warmUpMs: {
      env: 'WARM_UP_MS',
      schema: integer(0, 60_000),
      default: 1_000,
      meaning:
        'maximum CPU time in milliseconds of the warm-up, which requests every screen in process before the ports open. Ends earlier when the CPU time of a request no longer falls. Takes up to five times as long where cores are shared. 0: no warm-up',
    },
    drainDelayMs: {
      env: 'DRAIN_DELAY_MS',
      schema: integer(0, 60_000),
      default: 0,
      meaning:
        'milliseconds between failing readiness and closing the port; as long as load balancers need to notice',
    },
    drainGraceMs: {
      env: 'DRAIN_GRACE_MS',
      schema: integer(0, 600_000),
      default: 10_000,
      meaning: 'maximum time in milliseconds in which requests finish after the port is closed',
    },
  }) as const satisfies Record<string, Setting>;

type ServiceValues = SettingValues<ReturnType<typeof serviceSettings>>;

/**
 * Returns contradictions between settings that are valid individually, for the `check` of `readSettings`.
 * @param budgetMs shortest budget of a screen, in milliseconds
 */
export function serviceErrors(values: Partial<ServiceValues>, budgetMs = Infinity): string[] {
  const {
    headersTimeoutMs = 0,
    requestTimeoutMs = Infinity,
    maxInFlight = Infinity,
    maxInFlightPerTenant = 0,
    maxQueueDelayMs = 0,
  } = values;
  const { redisUrl, redisCaFile, redisCertFile } = values;
  const errors = tlsErrors('redis', values);
  if ((redisCaFile ?? redisCertFile) !== undefined && !redisUrl?.startsWith('rediss'))
    errors.push('REDIS_CA_FILE and REDIS_CERT_FILE are for TLS: REDIS_URL must begin with rediss');
  if (headersTimeoutMs > requestTimeoutMs)
    errors.push(
      `HEADERS_TIMEOUT_MS (${headersTimeoutMs}) is longer than REQUEST_TIMEOUT_MS (${requestTimeoutMs}), which includes it`,
    );
  if (maxInFlightPerTenant > maxInFlight)
    errors.push(`MAX_IN_FLIGHT_PER_TENANT (${maxInFlightPerTenant}) is above MAX_IN_FLIGHT (${maxInFlight})`);
  // From this wait on a request is rejected anyway, so no queue would ever count as overloaded.
  const longestWaitMs = budgetMs * waitingShare;
  if (maxQueueDelayMs >= longestWaitMs)
    errors.push(
      `MAX_QUEUE_DELAY_MS (${maxQueueDelayMs}) is not below ${longestWaitMs}, three quarters of the shortest budget of a screen (${budgetMs})`,
    );
  return errors;
}
