import type { Logger } from '../telemetry/logger.ts';
import { readTls, type TlsValues } from '../config/tls-settings.ts';
import { createMemoryStore } from './memory-store.ts';
import { createRedisStore } from './redis-store.ts';
import type { StateStore } from './state-store.ts';
import { tracedStore } from './traced-store.ts';
import type { Tracing } from '../telemetry/tracing.ts';

/** The settings of the store in {@link serviceSettings}. */
export interface StoreSettings extends TlsValues<'redis'> {
  readonly redisUrl?: string | undefined;
  /** Time-out of one command, in milliseconds. */
  readonly redisTimeoutMs: number;
}

/** Opens the state store: Redis, with tracing, if there is an address; else memory, which is logged. */
export function openStore(
  settings: StoreSettings,
  { log, tracing }: { readonly log: Logger; readonly tracing: Tracing | undefined },
): StateStore {
  const { redisUrl: url, redisTimeoutMs: commandTimeoutMs } = settings;
  if (url) {
    const tls = readTls('redis', settings);
    return tracedStore(createRedisStore({ url, commandTimeoutMs, log, ...(tls && { tls }) }), tracing);
  }
  log.info('state is kept in memory, for one process only; set REDIS_URL to share it');
  return createMemoryStore();
}
