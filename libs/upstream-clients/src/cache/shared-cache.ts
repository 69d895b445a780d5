import { createHash } from 'node:crypto';
import { stateKey, type Clock, type StateKey, type StateStore } from '@bff/service-kit';
import { z } from 'zod';
import { createEntry, type CacheEntry } from './cache-entry.ts';
import type { CallScope, PreparedRequest } from '../pipeline/call.ts';
import type { ReadOperation } from '../pipeline/operation.ts';
import { AbortableTimeout } from '../resilience/abortable-timeout.ts';

/** Longest wait for the store, in milliseconds. A slower cache would cost more time than it saves. */
const maxWaitMs = 50;
/** Milliseconds without calls to the store after it failed or was late. */
const pauseMs = 1_000;

const stored = z.object({
  /** Name of the projection that created the value; absent when it is what the upstream sent. */
  projection: z.string().optional(),
  value: z.unknown(),
  fields: z.object({
    cacheControl: z.string().optional(),
    expires: z.string().optional(),
    date: z.number(),
    etag: z.string().optional(),
    lastModified: z.string().optional(),
  }),
  bytes: z.number(),
  /** When the request was made, in milliseconds since 1970: monotonic clocks differ between replicas. */
  askedAt: z.number(),
  bornAt: z.number(),
});

export interface SharedCacheOptions {
  readonly store: StateStore;
  readonly staleIfErrorMs: number;
  readonly clock: Clock;
  /** Returns milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Cache entries that all replicas share. A store that is slow, full or unavailable causes a cache miss, never
 * an error.
 */
export class SharedCache {
  readonly #options: SharedCacheOptions;
  #pausedUntil = -Infinity;

  constructor(options: SharedCacheOptions) {
    this.#options = options;
  }

  /** Returns undefined also for an entry in the format of another version of this program. */
  async get<T>(
    { response }: ReadOperation<T>,
    request: PreparedRequest,
    scope: CallScope,
  ): Promise<CacheEntry<T> | undefined> {
    const { store, clock, now, staleIfErrorMs } = this.#options;
    if (clock() < this.#pausedUntil) return undefined;
    const waiter = new AbortableTimeout<Buffer | 'late' | undefined>(
      Math.min(maxWaitMs, scope.deadline.remaining()),
      scope.deadline,
      {
        timeUp: 'late',
        aborted: undefined,
      },
    );
    store.get(keyOf(request, scope)).then(
      (bytes) => waiter.settle(bytes),
      () => waiter.settle('late'),
    );
    const bytes = await waiter.settled;
    if (bytes === 'late') this.#pausedUntil = clock() + pauseMs;
    if (bytes === undefined || bytes === 'late') return undefined;
    const record = stored.safeParse(parsed(bytes));
    // All projections share one key, because a write deletes the entry without knowing the projections. An
    // entry of another projection is a cache miss.
    if (!record.success || record.data.projection !== request.projection?.name) return undefined;
    const { success, data } = request.projection
      ? { success: true, data: record.data.value as T }
      : response.safeParse(record.data.value);
    if (!success) return undefined;
    const { fields, bytes: length, askedAt, bornAt } = record.data;
    const origin = clock() - now();
    const { cacheControl, expires, etag, lastModified, date } = fields;
    const allFields = { cacheControl, expires, etag, lastModified, date };
    // The clock of the storing replica may be ahead: an entry from the future counts as created now.
    const born = Math.min(clock(), bornAt + origin);
    return createEntry(
      data,
      noText,
      allFields,
      length,
      Math.min(clock(), askedAt + origin),
      born,
      staleIfErrorMs,
    );
  }

  put(request: PreparedRequest, scope: CallScope, entry: CacheEntry<unknown>): void {
    const { store, clock, now } = this.#options;
    const origin = now() - clock();
    const { kept, fields, bytes, askedAt, bornAt, keepUntil } = entry;
    const projection = request.projection?.name;
    const value = kept.read();
    const record = { projection, value, fields, bytes, askedAt: askedAt + origin, bornAt: bornAt + origin };
    this.#tell(() => store.set(keyOf(request, scope), JSON.stringify(record), keepUntil - clock()));
  }

  delete(request: PreparedRequest, scope: CallScope): void {
    this.#tell(() => this.#options.store.delete(keyOf(request, scope)));
  }

  #tell(command: () => Promise<unknown>): void {
    const { clock } = this.#options;
    if (clock() < this.#pausedUntil) return;
    command().catch(() => (this.#pausedUntil = clock() + pauseMs));
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

const noText = (): undefined => undefined;

/** Hashed, so that neither the identity nor the resource can be read from a key. */
function keyOf({ owner, resource }: PreparedRequest, { tenant }: CallScope): StateKey {
  return stateKey(tenant, 'cache', createHash('sha256').update(`${owner} ${resource}`).digest('base64url'));
}
