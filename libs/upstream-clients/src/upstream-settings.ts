import {
  httpUrl,
  integer,
  readTls,
  tlsErrors,
  tlsSettings,
  type Setting,
  type SettingValues,
  type StateStore,
} from '@bff/service-kit';
import { leastCacheBytes } from './cache/cache-settings.ts';
import { addressVariable, clientName, servicesOf, type ServiceRegistry } from './service/registry.ts';
import type { UpstreamOptions } from './create-upstream-clients.ts';
import { maxConnections } from './transport/transport.ts';

/** Settings of all upstream calls, and the client certificate. */
const callSettings = {
  ...tlsSettings('upstream', 'the upstreams'),
  upstreamCacheBytes: {
    env: 'UPSTREAM_CACHE_BYTES',
    schema: integer(0, 2 ** 40),
    default: 16_777_216,
    meaning: 'memory for cached answers of the upstreams, in bytes; 0: no cache',
  },
  upstreamStaleMs: {
    env: 'UPSTREAM_STALE_IF_ERROR_MS',
    schema: integer(0, 86_400_000),
    default: 600_000,
    meaning:
      'how long a stale answer may replace a failed call, in milliseconds, if the upstream sends no stale-if-error',
  },
  upstreamMaxConcurrent: {
    env: 'UPSTREAM_MAX_CONCURRENT',
    schema: integer(1, maxConnections),
    default: maxConnections,
    meaning: 'concurrent calls to one upstream',
  },
  upstreamMaxQueued: {
    env: 'UPSTREAM_MAX_QUEUED',
    schema: integer(0, 100_000),
    default: 512,
    meaning: 'calls queued for one upstream; further ones are shed',
  },
  upstreamIdleMs: {
    env: 'UPSTREAM_IDLE_CONNECTION_MS',
    schema: integer(1, 600_000),
    default: 4_000,
    meaning:
      'milliseconds after which an idle connection to an upstream is not reused; upstreams must keep idle connections longer',
  },
  upstreamRetries: {
    env: 'UPSTREAM_RETRIES',
    schema: integer(0, 3),
    default: 1,
    meaning: 'retries of a failed read',
  },
} as const satisfies Record<string, Setting>;

type CallValues = SettingValues<typeof callSettings>;

/** One address setting for each registered service: `thingServiceUrl`, read from `THING_SERVICE_URL`. */
type AddressSettings<Services extends ServiceRegistry> = {
  readonly [Name in keyof Services & string as `${Name}ServiceUrl`]: Setting<string>;
};

/**
 * Returns the settings that follow from a registry; a BFF spreads them into its own.
 * @example ...upstreamSettings(services)
 */
export function upstreamSettings<Services extends ServiceRegistry>(
  services: Services,
): AddressSettings<Services> & typeof callSettings {
  const addresses = servicesOf(services).map(({ name, audience, address }) => [
    `${clientName(name)}ServiceUrl`,
    {
      env: addressVariable(name),
      schema: httpUrl(),
      developmentDefault: address,
      meaning: `base address of ${audience}`,
    },
  ]);
  return { ...Object.fromEntries(addresses), ...callSettings };
}

/** Returns the address of each registered service by its name. */
export const addressesFrom = (
  services: ServiceRegistry,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    servicesOf(services).map(({ name }) => [name, String(values[`${clientName(name)}ServiceUrl`])]),
  );

/** Checks the rules between these settings; returns the errors. */
export function upstreamSettingsErrors(values: Partial<CallValues>): string[] {
  const { upstreamCacheBytes = 0 } = values;
  const worthwhile = upstreamCacheBytes === 0 || upstreamCacheBytes >= leastCacheBytes;
  return [
    ...tlsErrors('upstream', values),
    ...(worthwhile ? [] : [`UPSTREAM_CACHE_BYTES must be 0 or at least ${leastCacheBytes}`]),
  ];
}

/**
 * Converts the settings to the options of {@link createUpstreamClients}.
 * @param store shares cached answers between replicas; not used if it is not shared, because it would only
 * duplicate the memory cache
 * @throws {Error} when a file cannot be read
 */
export function upstreamsFrom(
  services: ServiceRegistry,
  values: CallValues & Readonly<Record<string, unknown>>,
  store?: StateStore,
): Pick<UpstreamOptions, 'addresses' | 'tls' | 'cache' | 'bulkhead' | 'idleMs' | 'retries'> {
  const tls = readTls('upstream', values);
  return {
    cache: {
      maxBytes: values.upstreamCacheBytes,
      staleIfErrorMs: values.upstreamStaleMs,
      ...(store?.isShared && { store }),
    },
    bulkhead: { maxConcurrent: values.upstreamMaxConcurrent, maxQueued: values.upstreamMaxQueued },
    idleMs: values.upstreamIdleMs,
    retries: values.upstreamRetries,
    addresses: addressesFrom(services, values),
    ...(tls && { tls }),
  };
}
