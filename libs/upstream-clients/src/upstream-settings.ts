import {
  httpUrl,
  integer,
  readTls,
  tlsFaults,
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
  upstreamIdleMs: {
    env: 'UPSTREAM_IDLE_CONNECTION_MS',
    schema: integer(1, 600_000),
    default: 4_000,
    meaning:
      'milliseconds for which an idle connection to an upstream is used again; upstreams must keep theirs for longer',
  },
  upstreamRetries: {
    env: 'UPSTREAM_RETRIES',
    schema: integer(0, 3),
    default: 1,
    meaning: 'tries after a read that failed',
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
export function upstreamSettingsFaults(values: Partial<CallValues>): string[] {
  const { upstreamCacheBytes = 0 } = values;
  const worthwhile = upstreamCacheBytes === 0 || upstreamCacheBytes >= leastCacheBytes;
  return [
    ...tlsFaults('upstream', values),
    ...(worthwhile ? [] : [`UPSTREAM_CACHE_BYTES must be 0 or at least ${leastCacheBytes}`]),
  ];
}

/**
 * Converts the settings to the options of {@link createUpstreamClients}.
 * @param store shares cached answers between replicas; a store that is not shared would duplicate the memory
 * cache, and is not used
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
