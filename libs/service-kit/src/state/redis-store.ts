import type { Cluster, Redis } from 'ioredis';
import type { Logger } from '../telemetry/logger.ts';
import { parseRedisAddress } from './redis-address.ts';
import { connect, pauseBefore } from './redis-connection.ts';
import { RedisListener } from './redis-listener.ts';
import { StateFull, StateUnavailable, type StateStore, type StateTopic } from './state-store.ts';

export interface RedisStoreOptions {
  /** One server, the seed nodes of a cluster, or sentinels: see {@link parseRedisAddress}. */
  readonly url: string;
  /** Longest wait for one command, in milliseconds. default 500 */
  readonly commandTimeoutMs?: number;
  readonly log: Logger;
}

/** Commands without an answer, one after the other, after which nobody waits any more. */
const missesToRest = 3;
/** Between two questions whether it is back, in milliseconds. */
const probeEveryMs = 250;
/** Unanswered ones, after which the connection itself is taken for dead: a host that vanished closes none. */
const probesToReconnect = 8;

/**
 * State shared by all replicas. A command that cannot be sent now fails now (no offline queue), and one that was sent waits no
 * longer than its time-out; after a few that came to nothing all fail at once until a ping is answered. So a Redis that is
 * gone, frozen or far too slow costs a few requests its time-out, and not each.
 */
export function createRedisStore({ url, commandTimeoutMs = 500, log }: RedisStoreOptions): StateStore {
  let closing = false;
  let missed = 0;
  let resting = false;
  const address = parseRedisAddress(url);
  const listener = new RedisListener(address);
  const client = connect(address, {
    commandTimeout: commandTimeoutMs,
    connectTimeout: 2_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: pauseBefore,
    // After a failover the connection may still be to the old master, which is a replica by now.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  });
  logConnection(client, log, () => closing);

  async function ask<T>(command: () => Promise<T>): Promise<T> {
    if (resting) throw new StateUnavailable('the state store has not answered for a while');
    try {
      const answer = await command();
      missed = 0;
      return answer;
    } catch (cause) {
      if (isFull(cause)) throw new StateFull('the state store is full', { cause });
      if (isTimeout(cause) && ++missed >= missesToRest && !resting && !closing) rest();
      throw new StateUnavailable('the state store does not answer', { cause });
    }
  }

  function rest(): void {
    resting = true;
    log.error('state store does not answer; it is left alone until it does');
    let probes = 0;
    const probe = (): void => {
      if (closing) return;
      if (++probes % probesToReconnect === 0) client.disconnect(true);
      client.ping().then(
        () => {
          resting = false;
          missed = 0;
          log.info('state store answers again');
        },
        () => setTimeout(probe, probeEveryMs).unref(),
      );
    };
    probe();
  }

  return {
    isShared: true,
    get: (key) => ask(async () => (await client.getBuffer(key)) ?? undefined),
    set: (key, value, ttlMs) => ask(async () => void (await client.set(key, value, 'PX', whole(ttlMs)))),
    add: (key, value, ttlMs) =>
      ask(async () => (await client.set(key, value, 'PX', whole(ttlMs), 'NX')) === 'OK'),
    replace: (key, value, ttlMs) =>
      ask(async () => (await client.set(key, value, 'PX', whole(ttlMs), 'XX')) === 'OK'),
    touch: (key, ttlMs) => ask(async () => (await client.pexpire(key, whole(ttlMs))) === 1),
    take: (key) => ask(async () => (await client.getdelBuffer(key)) ?? undefined),
    delete: (key) => ask(async () => (await client.del(key)) === 1),
    replaceIf: (key, expected, value, ttlMs) =>
      ask(async () => (await client.eval(replaceIfScript, 1, key, expected, value, whole(ttlMs))) === 1),
    deleteIf: (key, expected) => ask(async () => (await client.eval(deleteIfScript, 1, key, expected)) === 1),
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
    publish: (topic, text) => ask(async () => void (await client.publish(channelOf(topic), text))),
    listen: (topic, heard) => listener.listen(channelOf(topic), heard),
    ping: () => ask(async () => void (await client.ping())),
    close: async () => {
      closing = true;
      listener.close();
      client.disconnect();
    },
  };
}

/** Compare and set in one step: between two commands another replica could write. */
const replaceIfScript = `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;
const deleteIfScript = `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`;

const whole = (ttlMs: number): number => Math.max(1, Math.ceil(ttlMs));

/** Channels are shared by all databases of a server. */
const channelOf = (topic: StateTopic): string => `bff:${topic}`;

const isTimeout = (error: unknown): boolean => error instanceof Error && error.message === 'Command timed out'; // prettier-ignore

/** `maxmemory` is reached and nothing may be evicted. Of a transaction it is told by the command, not by EXEC. */
function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { previousErrors = [] } = error as { readonly previousErrors?: readonly Error[] };
  return [error, ...previousErrors].some(({ message }) => message.startsWith('OOM '));
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
