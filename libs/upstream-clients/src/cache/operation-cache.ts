import type { Clock } from '@bff/service-kit';
import { entryOf, StoredText, type CacheEntry } from './cache-entry.ts';
import type { CallScope, PreparedRequest } from '../pipeline/call.ts';
import type { ReadOperation } from '../pipeline/operation.ts';
import type { RecentWrites } from './recent-writes.ts';
import type { ResponseCache } from './response-cache.ts';
import type { SharedCache } from './shared-cache.ts';

export interface CacheParts {
  readonly responses: ResponseCache;
  readonly shared: SharedCache | undefined;
  readonly staleIfErrorMs: number;
  /** Returns milliseconds since 1970, to compare with the dates of upstreams. */
  readonly now: () => number;
}

/** The cache entries of one operation: first in memory, then in the store that replicas share. */
export class OperationCache<T> {
  readonly #operation: ReadOperation<T>;
  readonly #parts: CacheParts;
  readonly #writes: RecentWrites;
  readonly #clock: Clock;
  /**
   * Whether this upstream has ever allowed use without revalidation. Until then the shared store cannot have
   * an entry.
   */
  #allowed = false;

  constructor(operation: ReadOperation<T>, parts: CacheParts, writes: RecentWrites, clock: Clock) {
    this.#operation = operation;
    this.#parts = parts;
    this.#writes = writes;
    this.#clock = clock;
  }

  get isShared(): boolean {
    return this.#allowed && this.#parts.shared !== undefined;
  }

  held(request: PreparedRequest): CacheEntry<T> | undefined {
    return this.#parts.responses.get(request.owner, this.#slot(request)) as CacheEntry<T> | undefined;
  }

  /**
   * Returns the key of an entry in memory. It contains the operation and the projection, because two reads of
   * one resource may have different schemas or projections.
   */
  #slot({ resource, projection }: PreparedRequest): string {
    const { name } = this.#operation;
    return projection === undefined ? `${name} ${resource}` : `${name} ${resource} ${projection.name}`;
  }

  /** Returns the newer of the entry in memory and the one in the shared store. */
  async fetch(request: PreparedRequest, scope: CallScope): Promise<CacheEntry<T> | undefined> {
    const entry = await this.#parts.shared?.get(this.#operation, request, scope);
    const own = this.held(request);
    if (!entry || (own && own.askedAt >= entry.askedAt)) return own;
    this.#allowed = true;
    this.#parts.responses.set(request.owner, this.#slot(request), entry, this.#clock());
    return entry;
  }

  /** Whether the entry is newer than the identity's last write; an older one may only be revalidated. */
  isCurrent({ owner }: PreparedRequest, { askedAt }: CacheEntry<T>): boolean {
    return this.#writes.allow(owner, askedAt);
  }

  /** Returns the entry to serve stale after a failure (stale-if-error; RFC 5861, section 4), or undefined. */
  async findStale(request: PreparedRequest, scope: CallScope): Promise<CacheEntry<T> | undefined> {
    const entry = this.held(request) ?? (await this.fetch(request, scope));
    return entry && this.#clock() < entry.serveStaleUntil && this.isCurrent(request, entry)
      ? entry
      : undefined;
  }

  /**
   * Stores the answer to a request made at `askedAt`, if it may be stored. `held` is the entry that the
   * request tried to revalidate.
   */
  keep(
    value: T,
    request: PreparedRequest,
    scope: CallScope,
    askedAt: number,
    held: CacheEntry<T> | undefined,
  ): void {
    const { owner, reply, projection } = request;
    const { responses, shared, staleIfErrorMs, now } = this.#parts;
    // The upstream may have produced this answer before the identity's last write, so it may be outdated.
    if (!this.#writes.allow(owner, askedAt)) return;
    if (projection?.isCacheable(value as never) === false) return this.forget(request, scope);
    const timing = { askedAt, answeredAt: this.#clock(), wall: now() };
    const entry = entryOf(
      value,
      () => this.#textOf(value, request, held),
      reply,
      timing,
      staleIfErrorMs,
      held,
    );
    if (!entry) return this.forget(request, scope);
    responses.set(owner, this.#slot(request), entry, timing.answeredAt);
    if (!entry.allowed) return;
    this.#allowed = true;
    shared?.put(request, scope, entry);
  }

  /**
   * Returns the text for an entry that may not be used without revalidation. If the request has a projection,
   * it is the text of the projected value.
   */
  #textOf(
    value: T,
    { projection, reply }: PreparedRequest,
    held: CacheEntry<T> | undefined,
  ): StoredText<T> | undefined {
    if (reply.text === undefined) return undefined;
    return projection === undefined
      ? StoredText.of(reply.text, this.#operation.response, held?.kept)
      : StoredText.of(projection.textOf?.(value as never) ?? JSON.stringify(value), asIs, held?.kept);
  }

  forget(request: PreparedRequest, scope: CallScope): void {
    this.#parts.responses.delete(request.owner, this.#slot(request));
    if (this.#allowed) this.#parts.shared?.delete(request, scope);
  }
}

const asIs = { parse: (value: unknown) => value as never };
