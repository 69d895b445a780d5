import type { StateArea, StateKey, TenantId } from '../core/ids.ts';

/**
 * Shared state with expiry: one interface over memory (one process) and Redis (any number of replicas).
 * Every value is a byte string. Every write has a time to live in milliseconds; nothing stays for ever.
 *
 * Every method rejects with {@link StateUnavailable} when the store does not answer in time.
 */
export interface StateStore {
  /** Whether all replicas see the same state; what is kept in one process alone is not. */
  readonly isShared: boolean;
  get(key: StateKey): Promise<Buffer | undefined>;
  set(key: StateKey, value: string | Buffer, ttlMs: number): Promise<void>;
  /** Writes only when the key is free. True when this call wrote: the way to let exactly one of many win. */
  add(key: StateKey, value: string | Buffer, ttlMs: number): Promise<boolean>;
  /** Writes only when the key exists. False when it is gone: the way to keep what was ended ended. */
  replace(key: StateKey, value: string | Buffer, ttlMs: number): Promise<boolean>;
  /** Extends the time to live of a key that exists. */
  touch(key: StateKey, ttlMs: number): Promise<boolean>;
  /** Reads and deletes in one step: of many concurrent takers exactly one gets the value. */
  take(key: StateKey): Promise<Buffer | undefined>;
  delete(key: StateKey): Promise<boolean>;
  /** Writes only while the key holds exactly `expected`: the way to finish what one owner began. */
  replaceIf(key: StateKey, expected: string, value: string | Buffer, ttlMs: number): Promise<boolean>;
  /** Deletes only while the key holds exactly `expected`: a lock is released by its owner alone. */
  deleteIf(key: StateKey, expected: string): Promise<boolean>;
  /** Adds `by` to a counter and returns its new value; `ttlMs` counts from the first addition. */
  increment(key: StateKey, by: number, ttlMs: number): Promise<number>;
  /** A set of strings under one key. Adding extends the time to live to at least `ttlMs`. */
  setAdd(key: StateKey, member: string, ttlMs: number): Promise<void>;
  setRemove(key: StateKey, member: string): Promise<void>;
  setMembers(key: StateKey): Promise<string[]>;
  /**
   * Calls `visit` with the keys of an area, of one tenant or of all, a few hundred at a time: no step keeps the store or this
   * process busy. A key that exists all the while is visited at least once. For operators, not for requests.
   */
  scan(area: StateArea, tenant: TenantId | undefined, visit: VisitKeys): Promise<void>;
  /** Tells every {@link listen}er of the topic, in all processes. Who is not connected at that moment never hears it. */
  publish(topic: StateTopic, text: string): Promise<void>;
  /** Until the store is closed. */
  listen(topic: StateTopic, heard: (text: string) => void): Listening;
  /** Resolves when the store answers. */
  ping(): Promise<void>;
  /**
   * A readiness check that reads and writes: resolves to what is wrong while only reading works, else to undefined.
   *
   * @throws {StateUnavailable} when not even reading works
   */
  check(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** The next step begins when it resolves; `false` ends the scan. */
export type VisitKeys = (keys: readonly StateKey[]) => Promise<unknown>;

/** What messages are about. They carry no secret and no name of a user: whoever may read the store may read them. */
export type StateTopic = 'session-ended' | 'token-ended' | 'ended-before';

export interface Listening {
  /** Names the time for which every message was heard; undefined while one may be missed. Another number after each gap. */
  readonly unbroken: number | undefined;
}

/** The store did not answer. Callers decide: sessions answer 503, caches go on without. */
export class StateUnavailable extends Error {
  override readonly name = 'StateUnavailable';
}

/**
 * It answers and refuses to write: full, a replica, without enough replicas, unable to save, or without permission. Reading
 * works. Callers that can do without the write go on.
 */
export class StateReadOnly extends StateUnavailable {}

/** It cannot hold more. */
export class StateFull extends StateReadOnly {}
