import { readFileSync } from 'node:fs';
import { httpUrl, integer, text, type Setting, type SettingValues, type StateStore } from '@bff/service-kit';
import { leastCacheBytes } from './cache/cache-settings.ts';
import { type UpstreamOptions } from './create-upstream-clients.ts';
import { maxConnections } from './transport/transport.ts';

const address = (env: string, port: number, service: string) =>
  ({
    env,
    schema: httpUrl(),
    developmentDefault: `http://127.0.0.1:${port}`,
    meaning: `base address of ${service}`,
  }) as const;
const file = (env: string, meaning: string) => ({ env, schema: text(), optional: true, meaning }) as const;

/** Where the upstreams are and how we show who we are; a BFF spreads these into its settings. */
export const upstreamSettings = {
  userServiceUrl: address('USER_SERVICE_URL', 8080, 'user-service'),
  orderServiceUrl: address('ORDER_SERVICE_URL', 8081, 'order-service'),
  notificationServiceUrl: address('NOTIFICATION_SERVICE_URL', 8082, 'notification-service'),
  loyaltyServiceUrl: address('LOYALTY_SERVICE_URL', 8083, 'loyalty-service'),
  upstreamCaFile: file(
    'UPSTREAM_CA_FILE',
    'PEM file of the authorities of the upstreams; unset: those of the system',
  ),
  upstreamCertFile: file(
    'UPSTREAM_CERT_FILE',
    'PEM file of our client certificate towards the upstreams (mTLS)',
  ),
  upstreamKeyFile: {
    ...file('UPSTREAM_KEY_FILE', 'PEM file of the key of our client certificate'),
    keyFile: true,
  },
  upstreamCacheBytes: {
    env: 'UPSTREAM_CACHE_BYTES',
    schema: integer(0, 2 ** 40),
    default: 16_777_216,
    meaning: 'memory for answers of the upstreams, in bytes; 0: no cache',
  },
  upstreamStaleMs: {
    env: 'UPSTREAM_STALE_IF_ERROR_MS',
    schema: integer(0, 86_400_000),
    default: 600_000,
    meaning:
      'longest that an old answer stands in for a failed call, in milliseconds, where the upstream does not say it',
  },
  upstreamMaxConcurrent: {
    env: 'UPSTREAM_MAX_CONCURRENT',
    schema: integer(1, maxConnections),
    default: maxConnections,
    meaning: 'calls to one upstream at a time',
  },
  upstreamMaxQueued: {
    env: 'UPSTREAM_MAX_QUEUED',
    schema: integer(0, 100_000),
    default: 512,
    meaning: 'calls that wait for their turn at one upstream; those beyond are shed',
  },
  upstreamRetries: {
    env: 'UPSTREAM_RETRIES',
    schema: integer(0, 3),
    default: 1,
    meaning: 'tries after a read that failed',
  },
} as const satisfies Record<string, Setting>;

type Values = SettingValues<typeof upstreamSettings>;

/** Rules between these settings; the faults. */
export function upstreamSettingsFaults({
  upstreamCaFile,
  upstreamCertFile,
  upstreamKeyFile,
  upstreamCacheBytes = 0,
}: Partial<Values>): string[] {
  const given = [upstreamCaFile, upstreamCertFile, upstreamKeyFile].filter(Boolean).length;
  const whole = given === 0 || given === 3;
  const worthwhile = upstreamCacheBytes === 0 || upstreamCacheBytes >= leastCacheBytes;
  return [
    ...(whole ? [] : ['UPSTREAM_CA_FILE, UPSTREAM_CERT_FILE and UPSTREAM_KEY_FILE must be set together']),
    ...(worthwhile ? [] : [`UPSTREAM_CACHE_BYTES must be 0 or at least ${leastCacheBytes}`]),
  ];
}

/**
 * Settings as {@link createUpstreamClients} wants them.
 *
 * @param store shares cached answers between replicas; one in memory would be a second copy of the first, and is not used
 * @throws {Error} when a file cannot be read
 */
export function upstreamsFrom(
  values: Values,
  store?: StateStore,
): Pick<UpstreamOptions, 'addresses' | 'tls' | 'cache' | 'bulkheads' | 'retries'> {
  const { upstreamCaFile, upstreamCertFile, upstreamKeyFile } = values;
  const bulkhead = { maxConcurrent: values.upstreamMaxConcurrent, maxQueued: values.upstreamMaxQueued };
  return {
    cache: {
      maxBytes: values.upstreamCacheBytes,
      staleIfErrorMs: values.upstreamStaleMs,
      ...(store?.kind === 'redis' && { store }),
    },
    bulkheads: { user: bulkhead, order: bulkhead, notification: bulkhead, loyalty: bulkhead },
    retries: values.upstreamRetries,
    addresses: {
      user: values.userServiceUrl,
      order: values.orderServiceUrl,
      notification: values.notificationServiceUrl,
      loyalty: values.loyaltyServiceUrl,
    },
    ...(upstreamCaFile &&
      upstreamCertFile &&
      upstreamKeyFile && {
        tls: {
          ca: readFileSync(upstreamCaFile),
          cert: readFileSync(upstreamCertFile),
          key: readFileSync(upstreamKeyFile),
        },
      }),
  };
}
