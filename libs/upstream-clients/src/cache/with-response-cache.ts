import { Deadline, type Clock, type Logger, type Outcome } from '@bff/service-kit';
import type { CacheEntry } from './cache-entry.ts';
import type { Call, CallScope, PreparedRequest } from '../pipeline/call.ts';
import type { Count } from '../telemetry/instruments.ts';
import type { OperationCache } from './operation-cache.ts';
import { emptyReply } from '../transport/reply.ts';
import { ScopeWithDeadline } from '../pipeline/scope-with-deadline.ts';

export interface ResponseCacheOptions<T> {
  readonly cache: OperationCache<T>;
  /** Budget of a background revalidation, in milliseconds. */
  readonly budgetMs: number;
  readonly clock: Clock;
  readonly count: Count;
  readonly log: Logger;
}

type Failed<T> = Extract<Outcome<T>, { kind: 'failed' }>;

const neverAborts = new AbortController().signal;

/**
 * Answers from the cache where the upstream allows it (RFC 9111, RFC 5861), and serves stale when a call
 * failed. Each entry belongs to one identity, which makes this a private cache. Stores only answers that the
 * upstream gave to this very call: a coalesced call has no reply of its own.
 */
export function withResponseCache<T>({ cache, budgetMs, clock, count, log }: ResponseCacheOptions<T>) {
  return function cached(next: Call<T>): Call<T> {
    const renewing = new Set<string>();

    async function callUpstream(
      plain: PreparedRequest,
      entry: CacheEntry<T> | undefined,
      scope: CallScope,
    ): Promise<Outcome<T>> {
      const request = conditional(plain, entry);
      const askedAt = clock();
      const outcome = await next(request, scope);
      if (outcome.kind === 'failed') return serveStale(outcome, request, scope);
      const { status } = request.reply;
      if (outcome.kind === 'value') {
        if (status > 0) cache.keep(outcome.value, request, scope, askedAt, entry);
        if (status !== 304) return outcome;
        count('confirmed');
        return { ...outcome, cache: 'confirmed' };
      }
      // A resource that is absent or refused for this identity must not be served stale after a later
      // failure.
      if (outcome.kind === 'absent' || outcome.kind === 'refused') cache.forget(request, scope);
      return outcome;
    }

    async function serveStale(
      failure: Failed<T>,
      request: PreparedRequest,
      scope: CallScope,
    ): Promise<Outcome<T>> {
      const entry = await cache.findStale(request, scope);
      // This 304 confirmed another representation (RFC 9111, section 4.3.4), so the entry is useless.
      if (request.reply.status === 304) cache.forget(request, scope);
      if (!entry) return failure;
      count('stale');
      return { ...failure, stale: { value: entry.kept.read(), ageMs: ageOf(entry) } };
    }

    const ageOf = ({ bornAt }: CacheEntry<T>) => Math.round(clock() - bornAt);

    /**
     * Returns the outcome that the entry allows without a call, or undefined when the upstream must be
     * called.
     */
    function answerFrom(
      entry: CacheEntry<T>,
      request: PreparedRequest,
      scope: CallScope,
    ): Outcome<T> | undefined {
      const at = clock();
      if (at >= entry.refreshUntil || !cache.isCurrent(request, entry)) return undefined;
      const fresh = at < entry.freshUntil;
      if (fresh) count('hit');
      else renew(entry, request, scope);
      const { kept, etag, modification } = entry;
      const answer = {
        kind: 'value',
        value: kept.read(),
        ageMs: ageOf(entry),
        cache: fresh ? 'hit' : 'renewed',
      } as const;
      const tagged = etag === undefined ? answer : { ...answer, etag };
      return modification ? { ...tagged, ...modification } : tagged;
    }

    function renew(entry: CacheEntry<T>, request: PreparedRequest, scope: CallScope): void {
      count('renewed');
      const { key } = request;
      if (renewing.has(key)) return;
      renewing.add(key);
      const deadline = Deadline.after(budgetMs, neverAborts, scope.deadline.clock);
      callUpstream(request, entry, new ScopeWithDeadline(scope, deadline))
        .catch((error: unknown) =>
          log.warn({ err: error }, 'background revalidation of a cached answer failed'),
        )
        .finally(() => renewing.delete(key));
    }

    async function readStore(request: PreparedRequest, scope: CallScope): Promise<Outcome<T>> {
      const entry = await cache.fetch(request, scope);
      const answer = entry && answerFrom(entry, request, scope);
      return answer ?? callUpstream(request, entry, scope);
    }

    return function fromCache(request, scope) {
      const entry = cache.held(request);
      const answer = entry && answerFrom(entry, request, scope);
      if (answer) return Promise.resolve(answer);
      return cache.isShared ? readStore(request, scope) : callUpstream(request, entry, scope);
    };
  };
}

/** Adds the validators of the entry to the request (RFC 9111, section 4.3.1). */
const conditional = (request: PreparedRequest, entry: CacheEntry<unknown> | undefined): PreparedRequest =>
  entry?.etag === undefined && entry?.lastModified === undefined
    ? request
    : { ...request, known: entry, reply: emptyReply() };
