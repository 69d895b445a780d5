import type { Clock } from '@bff/service-kit';
import { copyOf, KeptText, type CachedCopy } from './cached-copy.ts';
import type { CallScope, PreparedRequest } from '../pipeline/call.ts';
import type { ReadOperation } from '../pipeline/operation.ts';
import type { RecentWrites } from './recent-writes.ts';
import type { ResponseCache } from './response-cache.ts';
import type { SharedCopies } from './shared-copies.ts';

export interface CacheParts {
  readonly responses: ResponseCache;
  readonly shared: SharedCopies | undefined;
  readonly staleIfErrorMs: number;
  /** Milliseconds since 1970, for the dates of upstreams. */
  readonly now: () => number;
}

/** The copies of one operation: in memory first, in the store that replicas share second. */
export class OperationCopies<T> {
  readonly #operation: ReadOperation<T>;
  readonly #parts: CacheParts;
  readonly #writes: RecentWrites;
  readonly #clock: Clock;
  /** Whether this upstream has ever allowed a copy to be used. Until then, the store is not worth a question. */
  #allowed = false;

  constructor(operation: ReadOperation<T>, parts: CacheParts, writes: RecentWrites, clock: Clock) {
    this.#operation = operation;
    this.#parts = parts;
    this.#writes = writes;
    this.#clock = clock;
  }

  get areShared(): boolean {
    return this.#allowed && this.#parts.shared !== undefined;
  }

  held(request: PreparedRequest): CachedCopy<T> | undefined {
    return this.#parts.responses.get(request.owner, this.#slot(request)) as CachedCopy<T> | undefined;
  }

  /** Two reads of one resource may have different schemas or projections: each keeps its own entry in memory. */
  #slot({ resource, projection }: PreparedRequest): string {
    const { name } = this.#operation;
    return projection === undefined ? `${name} ${resource}` : `${name} ${resource} ${projection.name}`;
  }

  /** The newer one of what is held and what the store has. */
  async fetch(request: PreparedRequest, scope: CallScope): Promise<CachedCopy<T> | undefined> {
    const copy = await this.#parts.shared?.get(this.#operation, request, scope);
    const own = this.held(request);
    if (!copy || (own && own.askedAt >= copy.askedAt)) return own;
    this.#allowed = true;
    this.#parts.responses.set(request.owner, this.#slot(request), copy, this.#clock());
    return copy;
  }

  /** Whether it is from after its owner's last write; else it is good for nothing but to be confirmed. */
  isCurrent({ owner }: PreparedRequest, { askedAt }: CachedCopy<T>): boolean {
    return this.#writes.allow(owner, askedAt);
  }

  /** What may stand in for an answer that failed (RFC 5861, section 4). */
  async standIn(request: PreparedRequest, scope: CallScope): Promise<CachedCopy<T> | undefined> {
    const copy = this.held(request) ?? (await this.fetch(request, scope));
    return copy && this.#clock() < copy.standInUntil && this.isCurrent(request, copy) ? copy : undefined;
  }

  /** Keeps what may be kept of an answer to a request that was made at `askedAt`, when `held` was the copy. */
  keep(
    value: T,
    request: PreparedRequest,
    scope: CallScope,
    askedAt: number,
    held: CachedCopy<T> | undefined,
  ): void {
    const { owner, reply, projection } = request;
    const { responses, shared, staleIfErrorMs, now } = this.#parts;
    // It may be from before the write.
    if (!this.#writes.allow(owner, askedAt)) return;
    if (projection?.isCacheable(value as never) === false) return this.forget(request, scope);
    const timing = { askedAt, answeredAt: this.#clock(), wall: now() };
    const copy = copyOf(value, this.#textOf(value, request, held), reply, timing, staleIfErrorMs, held);
    if (!copy) return this.forget(request, scope);
    responses.set(owner, this.#slot(request), copy, timing.answeredAt);
    if (!copy.allowed) return;
    this.#allowed = true;
    shared?.put(request, scope, copy);
  }

  /** What is kept of an answer that only replaces failed ones: of a projected one not what the upstream sent. */
  #textOf(
    value: T,
    { projection, reply }: PreparedRequest,
    held: CachedCopy<T> | undefined,
  ): KeptText<T> | undefined {
    if (reply.text === undefined) return undefined;
    return projection === undefined
      ? KeptText.of(reply.text, this.#operation.response, held?.kept)
      : KeptText.of(JSON.stringify(value), asIs, held?.kept);
  }

  forget(request: PreparedRequest, scope: CallScope): void {
    this.#parts.responses.delete(request.owner, this.#slot(request));
    if (this.#allowed) this.#parts.shared?.delete(request, scope);
  }
}

const asIs = { parse: (value: unknown) => value as never };
