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

/** A refusal that a repetition would meet again. */
interface Refused {
  readonly kind: 'problem';
  readonly type: ProblemType;
  readonly detail?: string | undefined;
}

/** What is shown of a write: after the tenant's policy, before the shape of a version. */
interface Shown {
  readonly view: JsonObject;
  readonly upstreamTag?: string | undefined;
}

interface Made<Kind extends string> {
  readonly kind: Kind;
  /** Of the answer. */
  readonly status: number;
}

/** What a write came to. `done`: it was made, and there is nothing of it to show. */
export type Recorded = (Made<'view'> & Shown) | Made<'done'> | Refused;

/** The same in the record of its key. A view is kept elsewhere, and for less long. */
type Kept = Made<'shown'> | Made<'done'> | Refused;

/** Whose key it is. */
export interface KeyOwner {
  readonly tenant: TenantId;
  readonly client: string;
  /** Whom its token speaks for: two users of one client may choose the same key. */
  readonly user: string;
  /** As `parseIdempotencyKey` read it. */
  readonly key: string;
}

export interface IdempotentRequest extends KeyOwner {
  /** Hash of everything that distinguishes one request from another. */
  readonly fingerprint: string;
}

/** What is known of a write by its key. */
export type Receipt =
  | { readonly state: 'in-flight' }
  | { readonly state: 'applied'; readonly status: number }
  | { readonly state: 'refused'; readonly type: ProblemType; readonly detail?: string | undefined };

export interface Idempotency {
  /**
   * Performs a write once per tenant, client, user and key (draft-ietf-httpapi-idempotency-key-header-07). Replays its view
   * for 24 hours, and as long as there is a receipt that it was made or refused.
   *
   * @throws {Problem} `unprocessable` when the key was used for another request, `conflict` while the first is in
   *   flight; what `perform` throws and is not final
   * @throws {StateUnavailable} before anything is done: without the store a write could be done twice
   */
  once(
    request: IdempotentRequest,
    perform: () => Promise<Recorded>,
  ): Promise<{ readonly recorded: Recorded; readonly replayed: boolean }>;

  /**
   * Returns what is known of a write. Undefined does not mean that it was not made: it never arrived, failed without a final
   * answer, or was forgotten. A repetition with the same key is right in each case.
   *
   * @throws {StateUnavailable} while it cannot be known
   */
  receipt(owner: KeyOwner): Promise<Receipt | undefined>;
}

export interface IdempotencyOptions {
  readonly store: StateStore;
  readonly log: Logger;
  /** For how long a key is known. Default: seven days. */
  readonly receiptMs?: number;
  /** Between two tries to tell the store what a write came to. Default: a timer that keeps no process alive. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** The record of a key: hashes and what the write came to, no data of a user. */
interface Entry {
  readonly fingerprint: string;
  /** The request that holds the lock, or held it: its view, while that is kept, is under this name. */
  readonly owner: string;
  /** Absent while the first request is in flight. */
  readonly recorded?: Kept;
}

/** What the record of a key says, with the view as long as this process holds it. */
interface Finished {
  readonly fingerprint: string;
  readonly recorded: Recorded;
}

const dayMs = 24 * 3_600_000;
const viewMs = dayMs;
/** `Retry-After` while the first request is in flight. */
export const inFlightSeconds = '1';
/** Of one request, to find its key free or held by somebody else; each lost one means that the record has changed since. */
const maxTries = 4;

export function createIdempotency({
  store,
  log,
  receiptMs = 7 * dayMs,
  wait = pause,
}: IdempotencyOptions): Idempotency {
  /** Writes whose record the store does not have yet: they are replayed from here. */
  const unrecorded = new Map<StateKey, Finished>();
  /** Locks of this process under which nothing is under way any more, and which the store may still have. */
  const abandoned = new Set<string>();
  const settle = createSettling({ log, wait });

  return {
    async once({ fingerprint, ...ofKey }, perform) {
      const key = keyOf(ofKey);
      // Unique, so that a late replica neither releases another one's lock nor removes a finished record (F46).
      const owner = randomUUID();
      const lock = textOf({ fingerprint, owner });
      const other = unrecorded.get(key) ?? (await acquire(key, lock));
      if (other) return { recorded: await replay(ofKey, other, fingerprint), replayed: true };

      let recorded: Recorded;
      try {
        recorded = await perform();
      } catch (error) {
        // What it came to is not known, or may differ next time: the key is free for the next try.
        await release(key, lock);
        throw error;
      }
      const finished = { fingerprint, recorded };
      unrecorded.set(key, finished);
      await settle(
        async () => {
          // First, so that whoever finds the record finds the view.
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

  /** Locks the key; returns what holds it where that is another request. */
  async function acquire(key: StateKey, lock: string): Promise<Entry | undefined> {
    for (let tries = 0; tries < maxTries; tries++) {
      let isLocked: boolean;
      try {
        isLocked = await store.add(key, lock, lockMs);
      } catch (error) {
        // Whether it is locked is not known, and nothing will be done under this lock.
        if (error instanceof StateUnavailable) void release(key, lock);
        throw error;
      }
      if (isLocked) return undefined;
      const text = (await store.get(key))?.toString();
      // Gone between the two commands: the key is free.
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

  /** Records what a write came to; resolves to false while another request holds the key, whose lock expires. */
  async function isRecorded(key: StateKey, lock: string, text: string): Promise<boolean> {
    // The lock expired when it is not there: nobody else's record is replaced.
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

/** Tenant first; the rest as a hash: no two lists of client, user and key share one. */
const keyOf = ({ tenant, client, user, key }: KeyOwner): StateKey =>
  stateKey(tenant, 'idempotency', hashOf(client, user, key));
/** Of its own for each request, so that a late one never replaces the view of another one. */
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
