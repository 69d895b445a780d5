import { logLevels } from './logger.ts';
import { integer, oneOf, port, text, type Setting, type SettingValues } from './settings.ts';

/** The settings that every service of ours has; an app adds its own and gives its ports. */
export const serviceSettings = (defaults: { port: number; managementPort: number }) =>
  ({
    host: {
      env: 'HOST',
      schema: text(),
      default: '127.0.0.1',
      meaning: 'address to listen on; 0.0.0.0 in a container',
    },
    port: { env: 'PORT', schema: port(), default: defaults.port, meaning: 'public port' },
    managementPort: {
      env: 'MANAGEMENT_PORT',
      schema: port(),
      default: defaults.managementPort,
      meaning: 'port of /livez, /readyz, /metrics and /.well-known/jwks.json; never public',
    },
    logLevel: {
      env: 'LOG_LEVEL',
      schema: oneOf(logLevels),
      default: 'info',
      meaning: `one of ${logLevels.join(', ')}`,
    },
    redisUrl: {
      env: 'REDIS_URL',
      schema: text(
        /^rediss?:\/\/[^,]+(,rediss?:\/\/[^,]+)*$/,
        'must be redis:// or rediss:// addresses, comma separated',
      ),
      optional: 'development',
      secret: true,
      meaning: 'shared state; several addresses are a cluster; unset: in memory, for one process only',
    },
    maxHeaderBytes: {
      env: 'MAX_HEADER_BYTES',
      schema: integer(1_024, 1_048_576),
      default: 16_384,
      meaning: 'bytes of request line and header fields together; more is a 431',
    },
    headersTimeoutMs: {
      env: 'HEADERS_TIMEOUT_MS',
      schema: integer(100, 600_000),
      default: 10_000,
      meaning: 'milliseconds for the headers of a request to arrive; longer is a 408',
    },
    requestTimeoutMs: {
      env: 'REQUEST_TIMEOUT_MS',
      schema: integer(100, 600_000),
      default: 30_000,
      meaning: 'milliseconds for a whole request to arrive, its body included; longer is a 408',
    },
    keepAliveTimeoutMs: {
      env: 'KEEP_ALIVE_TIMEOUT_MS',
      schema: integer(0, 3_600_000),
      default: 65_000,
      meaning: "milliseconds that an idle connection stays open; more than the load balancer's own",
    },
    drainDelayMs: {
      env: 'DRAIN_DELAY_MS',
      schema: integer(0, 60_000),
      default: 0,
      meaning:
        'milliseconds between failing readiness and closing the doors; as long as load balancers need to notice',
    },
    drainGraceMs: {
      env: 'DRAIN_GRACE_MS',
      schema: integer(0, 600_000),
      default: 10_000,
      meaning: 'milliseconds that requests get to finish after the doors closed',
    },
  }) as const satisfies Record<string, Setting>;

type ServiceValues = SettingValues<ReturnType<typeof serviceSettings>>;

/** Settings that are legal by themselves and contradict each other, for the `check` of `readSettings`. */
export function serviceFaults({ headersTimeoutMs, requestTimeoutMs }: Partial<ServiceValues>): string[] {
  return headersTimeoutMs !== undefined &&
    requestTimeoutMs !== undefined &&
    headersTimeoutMs > requestTimeoutMs
    ? [
        `HEADERS_TIMEOUT_MS (${headersTimeoutMs}) is longer than REQUEST_TIMEOUT_MS (${requestTimeoutMs}), which includes it`,
      ]
    : [];
}
