import { randomUUID } from 'node:crypto';
import {
  Problem,
  stateKey,
  StateUnavailable,
  type Logger,
  type ProblemType,
  type StateKey,
  type StateStore,
  type TenantId,
} from '@bff/service-kit';
import type { JsonObject } from '@bff/shaping';
import { lockMs } from '../declaration/lock-ms.ts';
import { hashOf } from './fingerprint.ts';
import { createSettling, pause } from './settling.ts';

/** A final refusal: a retry would get the same one. */
interface Refused {
  readonly kind: 'problem';
  readonly type: ProblemType;
  readonly detail?: string | undefined;
}

/** The view of a write: filtered by the tenant's policy, and not yet shaped for a contract version. */
interface Shown {
  readonly view: JsonObject;
  readonly upstreamTag?: string | undefined;
}

interface Made<Kind extends string> {
  readonly kind: Kind;
  /** Status of the answer. */
  readonly status: number;
}

/** The result of a write. `done`: the write was made, and its answer has no content. */
export type Recorded = (Made<'view'> & Shown) | Made<'done'> | Refused;

/** The result as stored in the record of its key. The view is stored separately, and for a shorter time. */
type Kept = Made<'shown'> | Made<'done'> | Refused;

/** The scope in which an idempotency key is unique. */
export interface KeyOwner {
  readonly tenant: TenantId;
  readonly client: string;
  /**
   * Subject of the token. It is part of the scope, because two users of one client may choose the same key.
   */
  readonly user: string;
  /** A result of `parseIdempotencyKey`. */
  readonly key: string;
}

export interface IdempotentRequest extends KeyOwner {
  /** Hash of everything that distinguishes one request from another. */
  readonly fingerprint: string;
}

/** State of a write according to the record of its key. */
export type Receipt =
  | { readonly state: 'in-flight' }
  | { readonly state: 'applied'; readonly status: number }
  | { readonly state: 'refused'; readonly type: ProblemType; readonly detail?: string | undefined };

export interface Idempotency {
  /**
   * Performs a write once per tenant, client, user and key (draft-ietf-httpapi-idempotency-key-header-07).
   * Replays its view for 24 hours. After that, until the receipt expires, says only that the write was made
   * or refused.
   * @throws {Problem} `unprocessable` when the key was used for another request, `conflict` while the first
   * is in flight; errors of `perform` that are not final
   * @throws {StateUnavailable} before `perform`: without the store a write could be made twice
   */
  once(
    request: IdempotentRequest,
    perform: () => Promise<Recorded>,
  ): Promise<{ readonly recorded: Recorded; readonly replayed: boolean }>;

  /**
   * Returns the receipt of a write. Undefined does not mean that the write was not made: the request may not
   * have arrived, it may have failed without a final answer, or its record may have expired. Repeating the
   * write with the same key is safe in each case.
   * @throws {StateUnavailable} while the store is unavailable
   */
  receipt(owner: KeyOwner): Promise<Receipt | undefined>;
}

export interface IdempotencyOptions {
  readonly store: StateStore;
  readonly log: Logger;
  /** Milliseconds until a key is forgotten. Default: seven days. */
  readonly receiptMs?: number;
  /**
   * Waits between two tries to record a result in the store. Default: a timer that does not keep the process
   * alive.
   */
  readonly wait?: (ms: number) => Promise<void>;
}

/** The record of a key: hashes and the result of the write, without data of a user. */
interface Entry {
  readonly fingerprint: string;
  /** Id of the request that holds or held the lock; it is also part of the key of its stored view. */
  readonly owner: string;
  /** Absent while the first request is in flight. */
  readonly recorded?: Kept;
}

/** The record of a key, with the view while this process has it in memory. */
interface Finished {
  readonly fingerprint: string;
  readonly recorded: Recorded;
}

const dayMs = 24 * 3_600_000;
const viewMs = dayMs;
/** `Retry-After` while the first request is in flight. */
export const inFlightSeconds = '1';
/** Maximum tries of one request to lock its key or read the record; a try fails when the record changes. */
const maxTries = 4;

export function createIdempotency({
  store,
  log,
  receiptMs = 7 * dayMs,
  wait = pause,
}: IdempotencyOptions): Idempotency {
  /** Results that are not in the store yet: this process replays them from here. */
  const unrecorded = new Map<StateKey, Finished>();
  /** Locks of this process whose request has ended, and which the store may still hold. */
  const abandoned = new Set<string>();
  const settle = createSettling({ log, wait });

  return {
    async once({ fingerprint, ...ofKey }, perform) {
      const key = keyOf(ofKey);
      // Unique, so that a late replica neither releases the lock of another replica nor removes a finished
      // record (F46).
      const owner = randomUUID();
      const lock = textOf({ fingerprint, owner });
      const other = unrecorded.get(key) ?? (await acquire(key, lock));
      if (other) return { recorded: await replay(ofKey, other, fingerprint), replayed: true };

      let recorded: Recorded;
      try {
        recorded = await perform();
      } catch (error) {
        // The result is unknown or may differ next time, so the key is released for the next try.
        await release(key, lock);
        throw error;
      }
      const finished = { fingerprint, recorded };
      unrecorded.set(key, finished);
      await settle(
        async () => {
          // Stored first, so that every reader of the record finds the view.
          if (recorded.kind === 'view') await store.set(viewKeyOf(ofKey, owner), viewText(recorded), viewMs);
          return isRecorded(key, lock, textOf({ fingerprint, owner, recorded: keptOf(recorded) }));
        },
        () => void (unrecorded.get(key) === finished && unrecorded.delete(key)),
      );
      return { recorded, replayed: false };
    },

    async receipt(ofKey) {
      const key = keyOf(ofKey);
      const finished = unrecorded.get(key);
      if (finished) return receiptOf(finished.recorded);
      const text = (await store.get(key))?.toString();
      if (text === undefined || abandoned.has(text)) return undefined;
      return receiptOf((JSON.parse(text) as Entry).recorded);
    },
  };

  /** Locks the key; returns the existing record when another request holds it. */
  async function acquire(key: StateKey, lock: string): Promise<Entry | undefined> {
    for (let tries = 0; tries < maxTries; tries++) {
      let isLocked: boolean;
      try {
        isLocked = await store.add(key, lock, lockMs);
      } catch (error) {
        // The store may have set the lock although its answer was lost. No write is made under this lock.
        if (error instanceof StateUnavailable) void release(key, lock);
        throw error;
      }
      if (isLocked) return undefined;
      const text = (await store.get(key))?.toString();
      // The record expired between the two commands: the key is free.
      if (text === undefined) continue;
      if (!abandoned.has(text)) return JSON.parse(text) as Entry;
      await store.deleteIf(key, text);
    }
    throw inFlight();
  }

  function release(key: StateKey, lock: string): Promise<void> {
    abandoned.add(lock);
    return settle(
      () => store.deleteIf(key, lock).then(() => true),
      () => void abandoned.delete(lock),
    );
  }

  /**
   * Records the result of a write. Resolves to false while another request holds the key; the caller then
   * tries again, because that lock expires.
   */
  async function isRecorded(key: StateKey, lock: string, text: string): Promise<boolean> {
    // An absent record means that the lock expired: the record of another request is never replaced.
    if (await store.replaceIf(key, lock, text, receiptMs)) return true;
    if (await store.add(key, text, receiptMs)) return true;
    const current = (await store.get(key))?.toString();
    return current !== undefined && (JSON.parse(current) as Entry).recorded !== undefined;
  }

  async function replay(ofKey: KeyOwner, other: Entry | Finished, fingerprint: string): Promise<Recorded> {
    if (other.fingerprint !== fingerprint)
      throw new Problem('unprocessable', { detail: 'This Idempotency-Key was used for another request.' });
    const { recorded } = other;
    if (!recorded) throw inFlight();
    if (recorded.kind !== 'shown') return recorded;
    const { status } = recorded;
    const text = await store.get(viewKeyOf(ofKey, (other as Entry).owner));
    if (!text) return { kind: 'done', status };
    return { kind: 'view', status, ...(JSON.parse(text.toString()) as Shown) };
  }
}

/** Starts with the tenant and hashes the rest, so that different clients, users and keys never collide. */
const keyOf = ({ tenant, client, user, key }: KeyOwner): StateKey =>
  stateKey(tenant, 'idempotency', hashOf(client, user, key));
/** Returns one key per request, so that a late request never replaces the view of another. */
const viewKeyOf = ({ tenant }: KeyOwner, owner: string): StateKey =>
  stateKey(tenant, 'idempotency', 'view', owner);

const textOf = (entry: Entry): string => JSON.stringify(entry);
const viewText = ({ view, upstreamTag }: Shown): string =>
  JSON.stringify({ view, upstreamTag } satisfies Shown);

const keptOf = (recorded: Recorded): Kept =>
  recorded.kind === 'view' ? { kind: 'shown', status: recorded.status } : recorded;

function receiptOf(recorded: Recorded | Kept | undefined): Receipt {
  if (!recorded) return { state: 'in-flight' };
  if (recorded.kind !== 'problem') return { state: 'applied', status: recorded.status };
  const { type, detail } = recorded;
  return { state: 'refused', type, detail };
}

const inFlight = (): Problem =>
  new Problem('conflict', {
    detail: 'A request with this Idempotency-Key is in flight.',
    headers: { 'Retry-After': inFlightSeconds },
  });
