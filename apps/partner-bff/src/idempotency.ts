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

/** What a write came to, as it is kept: after the tenant's policy, before the shape of a version. */
export type Recorded =
  | { readonly kind: 'view'; readonly view: JsonObject; readonly upstreamTag?: string }
  | { readonly kind: 'problem'; readonly type: ProblemType; readonly detail?: string };

export interface IdempotentRequest {
  readonly tenant: TenantId;
  readonly client: string;
  /** Whom its token speaks for: two users of one client may choose the same key. */
  readonly user: string;
  /** As {@link parseIdempotencyKey} read it. */
  readonly key: string;
  /** Of all that makes the request another one: a hash. */
  readonly fingerprint: string;
}

export interface Idempotency {
  /**
   * Performs a write once per tenant, client, user and key (draft-ietf-httpapi-idempotency-key-header-07), and tells
   * everybody who repeats it within 24 hours what it came to.
   *
   * @throws {Problem} `unprocessable` when the key was used for another request, `conflict` while the first is under
   *   way; what `perform` throws and is not final
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
  /** Epoch milliseconds. Default: the system's. */
  readonly now?: () => number;
}

interface Entry {
  readonly fingerprint: string;
  /** Absent while the first request is under way. */
  readonly recorded?: Recorded;
}

/** Longer than any write may take: when a process dies with the lock, the next request takes over after this. */
export const lockMs = 10_000;
const keptMs = 24 * 3_600_000;

export function createIdempotency({ store, log, now = Date.now }: IdempotencyOptions): Idempotency {
  return {
    async once({ tenant, client, user, key: name, fingerprint }, perform) {
      const key = stateKey(tenant, 'idempotency', client, user, name);
      const begun = now();
      if (!(await store.add(key, textOf({ fingerprint }), lockMs))) {
        const entry = await store.get(key);
        // Gone between the two commands: the lock ended. The client comes back and finds the key free.
        if (!entry) throw underWay();
        return { recorded: replay(JSON.parse(entry.toString()) as Entry, fingerprint), replayed: true };
      }

      const holdsLock = (): boolean => now() - begun < lockMs;
      let recorded: Recorded;
      try {
        recorded = await perform();
      } catch (error) {
        // What it came to is not known, or may differ next time: the key is free for the next try.
        if (holdsLock()) await quietly(() => store.delete(key));
        throw error;
      }
      const text = textOf({ fingerprint, recorded });
      await quietly(
        async () => (holdsLock() && (await store.replace(key, text, keptMs))) || store.add(key, text, keptMs),
      );
      return { recorded, replayed: false };
    },
  };

  /** The write is done: its answer must not be lost with the store. */
  async function quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof StateUnavailable)) throw error;
      log.warn('the answer to a write could not be kept: the store does not answer');
    }
  }
}

const textOf = (entry: Entry): string => JSON.stringify(entry);

function replay(entry: Entry, fingerprint: string): Recorded {
  if (entry.fingerprint !== fingerprint)
    throw new Problem('unprocessable', { detail: 'This Idempotency-Key was used for another request.' });
  if (!entry.recorded) throw underWay();
  return entry.recorded;
}

const underWay = (): Problem =>
  new Problem('conflict', {
    detail: 'A request with this Idempotency-Key is under way.',
    headers: { 'Retry-After': '1' },
  });

/** A string of RFC 9651, as the draft has it, or the bare word that most clients send. */
const keySyntax = /^(?:"([\x20!\x23-\x5b\x5d-\x7e]{1,255})"|([A-Za-z0-9._~:+/=-]{1,255}))$/;

/** @throws {Problem} `bad-request` when there is none, or one that is malformed */
export function parseIdempotencyKey(field: string | readonly string[] | undefined): string {
  const match = typeof field === 'string' ? keySyntax.exec(field.trim()) : undefined;
  const key = match?.[1] ?? match?.[2];
  if (key !== undefined) return key;
  throw new Problem('bad-request', {
    detail: field === undefined ? 'Idempotency-Key is required.' : 'Idempotency-Key must have 1 to 255 characters.',
  }); // prettier-ignore
}
