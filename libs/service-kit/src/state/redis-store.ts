import type { Cluster, Redis } from 'ioredis';
import type { TlsFiles } from '../config/tls-settings.ts';
import { monotonicClock } from '../core/deadline.ts';
import { preTenantKey } from '../core/ids.ts';
import { inTime } from '../core/in-time.ts';
import { randomHex } from '../core/random-hex.ts';
import type { Logger } from '../telemetry/logger.ts';
import { parseRedisAddress, type RedisAddress } from './redis-address.ts';
import { connect, pauseBefore } from './redis-connection.ts';
import { RedisListener } from './redis-listener.ts';
import { FailoverSearch } from './failover-search.ts';
import { scanKeys } from './redis-scan.ts';
import { channelOf, redisCommands, type RedisCommands } from './redis-commands.ts';
import { RedisRefusals, replyIn } from './redis-refusals.ts';
import { StateReadOnly, StateUnavailable, type StateStore } from './state-store.ts';

export interface RedisStoreOptions {
  /** One server, the seed nodes of a cluster, or sentinels: see {@link parseRedisAddress}. */
  readonly url: string;
  /** TLS options for `rediss`. default: the system's authorities, and no client certificate */
  readonly tls?: TlsFiles;
  /** Time-out of one command, in milliseconds. default 500 */
  readonly commandTimeoutMs?: number;
  readonly log: Logger;
}

/** Time by which the handshake of a connection may take longer than a command, in milliseconds. */
const handshakeMs = 2_000;
/** Consecutive time-outs after which all commands fail fast. */
const maxTimeouts = 3;
/** Interval of pings while commands fail fast, in milliseconds. */
const probeEveryMs = 250;
/** Unanswered pings after which a connection that is not ready is closed. */
const probesToGiveUp = 8;

/**
 * Creates a store in Redis that all replicas share. Without an offline queue, a command that cannot be sent
 * fails at once, and one that was sent fails after its time-out. After a few consecutive time-outs all
 * commands fail fast until a ping is answered. So an unreachable, frozen or slow Redis costs a few requests
 * the time-out instead of every request.
 */
export function createRedisStore({ url, tls, commandTimeoutMs = 500, log }: RedisStoreOptions): StateStore {
  let closing = false;
  let missed = 0;
  let isFailingFast = false;
  const parsed = parseRedisAddress(url);
  const address: RedisAddress = { ...parsed, tls: parsed.tls && (tls ?? {}) };
  const refusals = new RedisRefusals(log, monotonicClock);
  const listener = new RedisListener(address, refusals, log);
  const client = connect(address, {
    // Ends the handshake with a server that does not reply. Commands of the store time out before.
    commandTimeout: commandTimeoutMs + handshakeMs,
    connectTimeout: 2_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: pauseBefore,
    // Reconnects to a cluster when a node became a replica. For a single server FailoverSearch does this,
    // because a replica may be the only server left.
    reconnectOnError: ({ message }) => address.kind === 'cluster' && message.startsWith('READONLY'),
  });
  const search = new FailoverSearch(address, () => client.disconnect(true));
  logConnection(client, log, () => closing || isFailingFast);

  async function ask<T>(method: string, command: () => Promise<T>): Promise<T> {
    if (isFailingFast)
      throw new StateUnavailable('the state store is not responding: failing fast until it recovers');
    try {
      const answer = await inTime(command(), commandTimeoutMs, noReply);
      missed = 0;
      refusals.worked(method);
      return answer;
    } catch (cause) {
      const refused = refusals.errorFor(cause, method, !reads.has(method));
      if (refused) {
        missed = 0;
        if (replyIn(cause)?.startsWith('READONLY')) search.start();
        throw refused;
      }
      if (isTimeout(cause) && ++missed >= maxTimeouts && !isFailingFast && !closing) failFast();
      throw new StateUnavailable('the state store did not answer in time', { cause });
    }
  }

  function failFast(): void {
    isFailingFast = true;
    log.error('state store is not responding; failing fast until it recovers');
    let probes = 0;
    let isDead = false;
    const probe = (): void => {
      if (closing) return;
      if (isDead || ++probes % probesToGiveUp === 0) client.disconnect(true);
      inTime(answered(client.ping()), commandTimeoutMs, noReply).then(
        () => {
          isFailingFast = false;
          missed = 0;
          log.info('state store recovered');
        },
        (error: unknown) => {
          // A firewall that lost a connection from its table drops its packets silently, but lets new
          // connections pass (F13). After one unanswered ping the next probe therefore reconnects.
          isDead = isTimeout(error);
          setTimeout(probe, probeEveryMs).unref();
        },
      );
    };
    probe();
  }

  const commands = redisCommands(client);
  const store = Object.fromEntries(
    Object.entries(commands).map(([method, command]) => [
      method,
      (...args: unknown[]) =>
        ask(method, () => (command as (...all: unknown[]) => Promise<unknown>)(...args)),
    ]),
  ) as unknown as RedisCommands;
  /** Whether a check has run every kind of command, which reveals commands that the Redis ACL forbids. */
  let isTried = false;

  return {
    ...store,
    isShared: true,
    scan: (area, tenant, visit) => scanKeys(client, { area, tenant, visit, ask }),
    listen: (topic, onMessage) => listener.listen(channelOf(topic), onMessage),
    ping: () => ask('ping', () => answered(client.ping())),
    async check() {
      await store.get(probe);
      try {
        // Twice, because a script is sent as text first, and by its hash from then on.
        for (let times = 0; !isTried && times < 2; times++) await tryCommands(store);
        isTried = true;
        await store.set(probe, '1', probeMs);
      } catch (error) {
        if (!(error instanceof StateReadOnly)) throw error;
        return `no writes: ${refusals.words ?? error.message}`;
      }
      return undefined;
    },
    close: async () => {
      closing = true;
      listener.close();
      search.close();
      client.disconnect();
    },
  };
}

const reads = new Set(['get', 'setMembers', 'scan', 'ping']);
const probe = preTenantKey('probe', randomHex(8));
const probeMs = 60_000;

async function tryCommands(store: RedisCommands): Promise<void> {
  const set = preTenantKey('probe', randomHex(8), 'set');
  const counter = preTenantKey('probe', randomHex(8), 'counter');
  const list = preTenantKey('probe', randomHex(8), 'list');
  await store.add(probe, '1', probeMs);
  await store.replace(probe, '1', probeMs);
  await store.touch(probe, probeMs);
  await store.replaceIf(probe, '1', '2', probeMs);
  await store.deleteIf(probe, '1');
  await store.take(probe);
  await store.increment(counter, 1, probeMs);
  await store.count([{ key: counter, limit: 2, ttlMs: probeMs }]);
  await store.setAdd(set, '1', probeMs);
  await store.setMembers(set);
  await store.setRemove(set, '1');
  await store.markUsed(list, ['1', '2'], 1, probeMs);
  await store.delete(list);
  await store.delete(counter);
}

/** An error reply counts as an answer: Redis may reply MISCONF even to PING. */
const answered = (reply: Promise<unknown>): Promise<void> =>
  reply.then(
    () => undefined,
    (error: unknown) => {
      if (replyIn(error) === undefined) throw error;
    },
  );

class CommandTimeout extends Error {}

const noReply = (): Error => new CommandTimeout('no reply in time');
const isTimeout = (error: unknown): boolean => error instanceof CommandTimeout;

/**
 * Logs one line when the store is lost and one when it is back; ioredis reports every attempt.
 * @param quiet returns true while the loss of the connection is expected or already logged
 */
function logConnection(client: Redis | Cluster, log: Logger, quiet: () => boolean): void {
  let state: 'new' | 'ready' | 'lost' = 'new';
  let reason = 'connection closed';
  client.on('error', (error: Error) => (reason = error.message));
  client.on('close', () => {
    if (state === 'lost' || quiet()) return;
    log.error({ reason }, 'state store disconnected');
    state = 'lost';
  });
  client.on('ready', () => {
    if (state !== 'ready') log.info(state === 'lost' ? 'state store reconnected' : 'state store ready');
    state = 'ready';
  });
}
