import type { StateArea, StateKey, TenantId } from '../core/ids.ts';

/**
 * Shared state with expiry: one interface over memory (one process) and Redis (any number of replicas). Every
 * value is a byte string. Every write has a time to live in milliseconds.
 *
 * Every method rejects with {@link StateUnavailable} when the store does not answer in time.
 */
export interface StateStore {
  /** Whether all replicas share the state. */
  readonly isShared: boolean;
  get(key: StateKey): Promise<Buffer | undefined>;
  set(key: StateKey, value: string | Buffer, ttlMs: number): Promise<void>;
  /**
   * Writes only if the key does not exist. Resolves to true if this call wrote, so that exactly one of many
   * concurrent calls wins.
   */
  add(key: StateKey, value: string | Buffer, ttlMs: number): Promise<boolean>;
  /** Writes only if the key exists, else resolves to false, so that an ended session stays ended. */
  replace(key: StateKey, value: string | Buffer, ttlMs: number): Promise<boolean>;
  /** Extends the time to live of an existing key. */
  touch(key: StateKey, ttlMs: number): Promise<boolean>;
  /** Reads and deletes in one step: of many concurrent calls exactly one gets the value. */
  take(key: StateKey): Promise<Buffer | undefined>;
  delete(key: StateKey): Promise<boolean>;
  /**
   * Writes only while the key has the value `expected`, so that only the process that began something can
   * finish it.
   */
  replaceIf(key: StateKey, expected: string, value: string | Buffer, ttlMs: number): Promise<boolean>;
  /**
   * Deletes only while the key has the value `expected`, so that only the holder of a lock can release it.
   */
  deleteIf(key: StateKey, expected: string): Promise<boolean>;
  /** Adds `by` to a counter and returns its new value; `ttlMs` counts from the first addition. */
  increment(key: StateKey, by: number, ttlMs: number): Promise<number>;
  /**
   * Atomically adds 1 to each counter in the given order, and stops after the first that is then above its
   * limit. All keys must belong to one tenant, so that they have the same hash slot in a cluster.
   * @returns the new values of the counters that were changed
   */
  count(counters: readonly LimitedCounter[]): Promise<number[]>;
  /** Adds a string to a set. Extends the time to live to at least `ttlMs`. */
  setAdd(key: StateKey, member: string, ttlMs: number): Promise<void>;
  setRemove(key: StateKey, member: string): Promise<void>;
  setMembers(key: StateKey): Promise<string[]>;
  /**
   * Maintains an LRU list under one key: marks `members` as used in the given order, evicts the least
   * recently used members until `max` are left, and returns the evicted ones. Sets the time to live in
   * milliseconds.
   */
  markUsed(key: StateKey, members: readonly string[], max: number, ttlMs: number): Promise<string[]>;
  /**
   * Calls `visit` with the keys of an area, of one tenant or all tenants, a few hundred at a time, so that no
   * step blocks the store or this process. Visits a key at least once if it exists during the whole scan.
   * For operators, not for requests.
   */
  scan(area: StateArea, tenant: TenantId | undefined, visit: VisitKeys): Promise<void>;
  /**
   * Sends a message to every handler that {@link listen} registered for the topic, in all processes. A
   * process that is disconnected misses the message.
   */
  publish(topic: StateTopic, text: string): Promise<void>;
  /** Listens until the store is closed. */
  listen(topic: StateTopic, onMessage: (text: string) => void): Listening;
  /** Resolves when the store answers. */
  ping(): Promise<void>;
  /**
   * Checks readiness with reads and writes. Resolves to a description of the error if only reading works, else
   * to undefined.
   * @throws {StateUnavailable} when reading does not work either
   */
  check(): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface LimitedCounter {
  readonly key: StateKey;
  readonly limit: number;
  /** Time to live in milliseconds, from the first addition. */
  readonly ttlMs: number;
}

/** Visits keys. The next step begins when the promise resolves; `false` ends the scan. */
export type VisitKeys = (keys: readonly StateKey[]) => Promise<unknown>;

/**
 * Topics of messages. Messages contain no secret and no user name, because anybody with access to the store
 * can read them.
 */
export type StateTopic = 'session-ended' | 'token-ended' | 'ended-before';

export interface Listening {
  /** Subscription epoch: undefined while messages may be missed, and another number after each gap. */
  readonly epoch: number | undefined;
}

/** The store did not answer in time. Callers decide: sessions answer 503, caches continue without it. */
export class StateUnavailable extends Error {
  override readonly name = 'StateUnavailable';
}

/**
 * The store answers but refuses writes: it is full, is a replica, has too few replicas, cannot save to disk,
 * or does not permit this client to write. Reads work. Callers that do not need the write continue.
 */
export class StateReadOnly extends StateUnavailable {}

/** The store has no memory left. */
export class StateFull extends StateReadOnly {}
