import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { Logger } from './logger.ts';
import { StateUnavailable, type StateStore } from './state-store.ts';

export interface RedisStoreOptions {
  /** `redis://` or `rediss://`; several, comma separated, are the seed nodes of a Redis Cluster. */
  readonly url: string;
  /** Longest wait for one command, in milliseconds. default 500 */
  readonly commandTimeoutMs?: number;
  readonly log: Logger;
}

/**
 * State shared by all replicas. A command that cannot be sent now fails now (no offline queue):
 * a screen must not wait for Redis to come back.
 */
export function createRedisStore({ url, commandTimeoutMs = 500, log }: RedisStoreOptions): StateStore {
  let closing = false;
  const client = connect(url.split(','), {
    commandTimeout: commandTimeoutMs,
    connectTimeout: 2_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 6), 1_000),
  });
  logConnection(client, log, () => closing);

  const ask = async <T>(command: () => Promise<T>): Promise<T> => {
    try {
      return await command();
    } catch (cause) {
      throw new StateUnavailable('the state store does not answer', { cause });
    }
  };

  return {
    kind: 'redis',
    get: (key) => ask(async () => (await client.getBuffer(key)) ?? undefined),
    set: (key, value, ttlMs) => ask(async () => void (await client.set(key, value, 'PX', whole(ttlMs)))),
    add: (key, value, ttlMs) =>
      ask(async () => (await client.set(key, value, 'PX', whole(ttlMs), 'NX')) === 'OK'),
    replace: (key, value, ttlMs) =>
      ask(async () => (await client.set(key, value, 'PX', whole(ttlMs), 'XX')) === 'OK'),
    touch: (key, ttlMs) => ask(async () => (await client.pexpire(key, whole(ttlMs))) === 1),
    take: (key) => ask(async () => (await client.getdelBuffer(key)) ?? undefined),
    delete: (key) => ask(async () => (await client.del(key)) === 1),
    increment: (key, by, ttlMs) =>
      ask(async () => {
        const [sum] = results(await client.multi().incrby(key, by).pexpire(key, whole(ttlMs), 'NX').exec());
        return Number(sum);
      }),
    setAdd: (key, member, ttlMs) =>
      // NX for a new set, GT to extend: GT alone treats "no expiry" as infinite.
      ask(async () => void results(await client.multi().sadd(key, member).pexpire(key, whole(ttlMs), 'NX').pexpire(key, whole(ttlMs), 'GT').exec())), // prettier-ignore
    setRemove: (key, member) => ask(async () => void (await client.srem(key, member))),
    setMembers: (key) => ask(() => client.smembers(key)),
    ping: () => ask(async () => void (await client.ping())),
    close: async () => {
      closing = true;
      client.disconnect();
    },
  };
}

const whole = (ttlMs: number): number => Math.max(1, Math.ceil(ttlMs));

function connect(urls: readonly string[], options: RedisOptions): Redis | Cluster {
  const [first = '', ...others] = urls;
  if (others.length === 0) return new Redis(first, options);
  return new Cluster([...urls], {
    redisOptions: options,
    enableOfflineQueue: false,
    clusterRetryStrategy: (attempt) => Math.min(100 * attempt, 1_000),
  });
}

function results(replies: [Error | null, unknown][] | null): unknown[] {
  return (replies ?? []).map(([error, value]) => {
    if (error) throw error;
    return value;
  });
}

/** One line when the store goes, one when it is back; ioredis reports every attempt. */
function logConnection(client: Redis | Cluster, log: Logger, closing: () => boolean): void {
  let lost = false;
  let reason = 'connection closed';
  client.on('error', (error: Error) => (reason = error.message));
  client.on('close', () => {
    if (!lost && !closing()) log.error({ reason }, 'state store lost');
    lost = true;
  });
  client.on('ready', () => {
    log.info(lost ? 'state store back' : 'state store ready');
    lost = false;
  });
}
