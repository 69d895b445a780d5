import { Deadline, type Clock, type Logger, type Outcome } from '@bff/service-kit';
import type { CachedCopy } from './cached-copy.ts';
import type { Call, CallScope, PreparedRequest } from '../pipeline/call.ts';
import type { Count } from '../telemetry/instruments.ts';
import type { OperationCopies } from './operation-copies.ts';
import { noReply } from '../transport/reply.ts';
import { ScopeUntil } from '../pipeline/scope-until.ts';

export interface ResponseCacheOptions<T> {
  readonly copies: OperationCopies<T>;
  /** Budget of a background revalidation, in milliseconds. */
  readonly budgetMs: number;
  readonly clock: Clock;
  readonly count: Count;
  readonly log: Logger;
}

type Failed<T> = Extract<Outcome<T>, { kind: 'failed' }>;

const nobodyHangsUp = new AbortController().signal;

/**
 * Answers from the cache where the upstream allows it (RFC 9111, RFC 5861), and serves stale when a call
 * failed. Each entry belongs to one identity, which makes this a private cache. Stores only answers that the
 * upstream gave to this very call: a coalesced call has no reply of its own.
 */
export function withResponseCache<T>({ copies, budgetMs, clock, count, log }: ResponseCacheOptions<T>) {
  return function cached(next: Call<T>): Call<T> {
    const renewing = new Set<string>();

    async function ask(
      plain: PreparedRequest,
      copy: CachedCopy<T> | undefined,
      scope: CallScope,
    ): Promise<Outcome<T>> {
      const request = conditional(plain, copy);
      const askedAt = clock();
      const outcome = await next(request, scope);
      if (outcome.kind === 'failed') return lend(outcome, request, scope);
      const { status } = request.reply;
      if (outcome.kind === 'value') {
        if (status > 0) copies.keep(outcome.value, request, scope, askedAt, copy);
        if (status !== 304) return outcome;
        count('confirmed');
        return { ...outcome, cache: 'confirmed' };
      }
      // What is absent or refused for this identity must not be served stale after a later failure.
      if (outcome.kind === 'absent' || outcome.kind === 'refused') copies.forget(request, scope);
      return outcome;
    }

    async function lend(failure: Failed<T>, request: PreparedRequest, scope: CallScope): Promise<Outcome<T>> {
      const copy = await copies.standIn(request, scope);
      // The validator confirms another representation (RFC 9111, section 4.3.4), so the entry is useless.
      if (request.reply.status === 304) copies.forget(request, scope);
      if (!copy) return failure;
      count('stale');
      return { ...failure, stale: { value: copy.kept.read(), ageMs: ageOf(copy) } };
    }

    const ageOf = ({ bornAt }: CachedCopy<T>) => Math.round(clock() - bornAt);

    /**
     * Returns the outcome that the entry allows without a call, or undefined when the upstream must be
     * called.
     */
    function answerFrom(
      copy: CachedCopy<T>,
      request: PreparedRequest,
      scope: CallScope,
    ): Outcome<T> | undefined {
      const at = clock();
      if (at >= copy.refreshUntil || !copies.isCurrent(request, copy)) return undefined;
      const fresh = at < copy.freshUntil;
      if (fresh) count('hit');
      else renew(copy, request, scope);
      const { kept, etag, modification } = copy;
      const answer = {
        kind: 'value',
        value: kept.read(),
        ageMs: ageOf(copy),
        cache: fresh ? 'hit' : 'renewed',
      } as const;
      const tagged = etag === undefined ? answer : { ...answer, etag };
      return modification ? { ...tagged, ...modification } : tagged;
    }

    function renew(copy: CachedCopy<T>, request: PreparedRequest, scope: CallScope): void {
      count('renewed');
      const { key } = request;
      if (renewing.has(key)) return;
      renewing.add(key);
      const deadline = Deadline.after(budgetMs, nobodyHangsUp, scope.deadline.clock);
      ask(request, copy, new ScopeUntil(scope, deadline))
        .catch((error: unknown) =>
          log.warn({ err: error }, 'background revalidation of a cached answer failed'),
        )
        .finally(() => renewing.delete(key));
    }

    async function askAround(request: PreparedRequest, scope: CallScope): Promise<Outcome<T>> {
      const copy = await copies.fetch(request, scope);
      const answer = copy && answerFrom(copy, request, scope);
      return answer ?? ask(request, copy, scope);
    }

    return function fromCache(request, scope) {
      const copy = copies.held(request);
      const answer = copy && answerFrom(copy, request, scope);
      if (answer) return Promise.resolve(answer);
      return copies.areShared ? askAround(request, scope) : ask(request, copy, scope);
    };
  };
}

/** Adds the validators of the entry to the request (RFC 9111, section 4.3.1). */
const conditional = (request: PreparedRequest, copy: CachedCopy<unknown> | undefined): PreparedRequest =>
  copy?.etag === undefined && copy?.lastModified === undefined
    ? request
    : { ...request, known: copy, reply: noReply() };
