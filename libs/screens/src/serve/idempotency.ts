import { randomUUID } from 'node:crypto';
import {
  Problem,
  stateKey,
  StateUnavailable,
  type Logger,
  type ProblemType,
  type StateStore,
  type TenantId,
} from '@bff/service-kit';
import { type JsonObject } from '@bff/shaping';
import { lockMs } from '../declaration/lock-ms.ts';

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
}

interface Entry {
  readonly fingerprint: string;
  /** Of the lock: the request that holds it. */
  readonly owner?: string;
  /** Absent while the first request is in flight. */
  readonly recorded?: Recorded;
}

const keptMs = 24 * 3_600_000;

export function createIdempotency({ store, log }: IdempotencyOptions): Idempotency {
  return {
    async once({ tenant, client, user, key: name, fingerprint }, perform) {
      const key = stateKey(tenant, 'idempotency', client, user, name);
      // Unique, so that a late replica neither releases another one's lock nor removes a finished record (F46).
      const lock = textOf({ fingerprint, owner: randomUUID() });
      if (!(await store.add(key, lock, lockMs))) {
        const entry = await store.get(key);
        // Gone between the two commands: the lock expired. The client tries again and finds the key free.
        if (!entry) throw inFlight();
        return { recorded: replay(JSON.parse(entry.toString()) as Entry, fingerprint), replayed: true };
      }

      let recorded: Recorded;
      try {
        recorded = await perform();
      } catch (error) {
        // What it came to is not known, or may differ next time: the key is free for the next try.
        await quietly(() => store.deleteIf(key, lock));
        throw error;
      }
      const text = textOf({ fingerprint, recorded });
      await quietly(
        async () => (await store.replaceIf(key, lock, text, keptMs)) || store.add(key, text, keptMs),
      );
      return { recorded, replayed: false };
    },
  };

  /** The write is made: its answer must not be lost with the store. */
  async function quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof StateUnavailable)) throw error;
      log.warn('idempotency record not stored: the state store is not responding');
    }
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
