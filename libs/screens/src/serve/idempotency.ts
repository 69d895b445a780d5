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
import { type JsonObject } from '@bff/shaping';
import { lockMs } from '../declaration/lock-ms.ts';
import { createSettling, pause } from './settling.ts';

/**
 * What a write came to, as it is kept: after the tenant's policy, before the shape of a version. `done`: it was made, and
 * there is nothing of it to show.
 */
export type Recorded =
  | { readonly kind: 'view'; readonly view: JsonObject; readonly upstreamTag?: string | undefined }
  | { readonly kind: 'done' }
  | { readonly kind: 'problem'; readonly type: ProblemType; readonly detail?: string | undefined };

export interface IdempotentRequest {
  readonly tenant: TenantId;
  readonly client: string;
  /** Whom its token speaks for: two users of one client may choose the same key. */
  readonly user: string;
  /** As {@link parseIdempotencyKey} read it. */
  readonly key: string;
  /** Hash of everything that distinguishes one request from another. */
  readonly fingerprint: string;
}

export interface Idempotency {
  /**
   * Performs a write once per tenant, client, user and key (draft-ietf-httpapi-idempotency-key-header-07), and replays its
   * answer for 24 hours.
   *
   * @throws {Problem} `unprocessable` when the key was used for another request, `conflict` while the first is in
   *   flight; what `perform` throws and is not final
   * @throws {StateUnavailable} before anything is done: without the store a write could be done twice
   */
  once(
    request: IdempotentRequest,
    perform: () => Promise<Recorded>,
  ): Promise<{ readonly recorded: Recorded; readonly replayed: boolean }>;
}

export interface IdempotencyOptions {
  readonly store: StateStore;
  readonly log: Logger;
  /** Between two tries to tell the store what a write came to. Default: a timer that keeps no process alive. */
  readonly wait?: (ms: number) => Promise<void>;
}

interface Entry {
  readonly fingerprint: string;
  /** Of the lock: the request that holds it. */
  readonly owner?: string;
  /** Absent while the first request is in flight. */
  readonly recorded?: Recorded;
}

const keptMs = 24 * 3_600_000;
/** Of one request, to find its key free or held by somebody else; each lost one means that the record has changed since. */
const maxTries = 4;

export function createIdempotency({ store, log, wait = pause }: IdempotencyOptions): Idempotency {
  /** Writes whose record the store does not have yet: they are replayed from here. */
  const unrecorded = new Map<StateKey, Entry>();
  /** Locks of this process under which nothing is under way any more, and which the store may still have. */
  const abandoned = new Set<string>();
  const settle = createSettling({ log, wait });

  return {
    async once({ tenant, client, user, key: name, fingerprint }, perform) {
      const key = stateKey(tenant, 'idempotency', client, user, name);
      // Unique, so that a late replica neither releases another one's lock nor removes a finished record (F46).
      const lock = textOf({ fingerprint, owner: randomUUID() });
      const other = unrecorded.get(key) ?? (await acquire(key, lock));
      if (other) return { recorded: replay(other, fingerprint), replayed: true };

      let recorded: Recorded;
      try {
        recorded = await perform();
      } catch (error) {
        // What it came to is not known, or may differ next time: the key is free for the next try.
        await release(key, lock);
        throw error;
      }
      const entry = { fingerprint, recorded };
      unrecorded.set(key, entry);
      await settle(
        () => isRecorded(key, lock, textOf(entry)),
        () => void (unrecorded.get(key) === entry && unrecorded.delete(key)),
      );
      return { recorded, replayed: false };
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
    if (await store.replaceIf(key, lock, text, keptMs)) return true;
    if (await store.add(key, text, keptMs)) return true;
    const current = (await store.get(key))?.toString();
    return current !== undefined && (JSON.parse(current) as Entry).recorded !== undefined;
  }
}

const textOf = (entry: Entry): string => JSON.stringify(entry);

function replay(entry: Entry, fingerprint: string): Recorded {
  if (entry.fingerprint !== fingerprint)
    throw new Problem('unprocessable', { detail: 'This Idempotency-Key was used for another request.' });
  if (!entry.recorded) throw inFlight();
  return entry.recorded;
}

const inFlight = (): Problem =>
  new Problem('conflict', {
    detail: 'A request with this Idempotency-Key is in flight.',
    headers: { 'Retry-After': '1' },
  });
