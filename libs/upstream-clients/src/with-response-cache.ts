import { Deadline, type Clock, type Logger, type Outcome } from '@bff/service-kit';
import type { CachedCopy } from './cached-copy.ts';
import type { Call, CallScope, PreparedRequest } from './call.ts';
import type { Count } from './instruments.ts';
import type { OperationCopies, OwnedRequest } from './operation-copies.ts';
import { ScopeUntil } from './scope-until.ts';

export interface ResponseCacheOptions<T> {
  readonly copies: OperationCopies<T>;
  /** Of a renewal for which nobody waits, in milliseconds. */
  readonly budgetMs: number;
  readonly clock: Clock;
  readonly count: Count;
  readonly log: Logger;
}

const nobodyHangsUp = new AbortController().signal;

/**
 * Answers from copies as far as the upstream allows (RFC 9111, RFC 5861), and lends one to a call that failed. Each copy is
 * its owner's own, which makes this a private cache. Only an answer that the upstream gave to this very call is kept: one
 * that followed another's has no reply of its own.
 */
export function withResponseCache<T>({ copies, budgetMs, clock, count, log }: ResponseCacheOptions<T>) {
  return function cached(next: Call<T>): Call<T> {
    const renewing = new Set<string>();

    async function ask(request: OwnedRequest, scope: CallScope): Promise<Outcome<T>> {
      const askedAt = clock();
      const outcome = await next(request, scope);
      const { status } = request.reply;
      if (outcome.kind === 'value') {
        if (status === 304) count('confirmed');
        if (status > 0) copies.keep(outcome.value, request, scope, askedAt);
      } else if (outcome.kind === 'absent' || outcome.kind === 'refused') {
        // What is gone, or not for this identity any more, is not to come back when the upstream fails.
        copies.forget(request, scope);
      } else if (outcome.kind === 'failed') {
        const copy = await copies.standIn(request, scope);
        // A confirmation of something else: it is not to be asked for again.
        if (status === 304) copies.forget(request, scope);
        if (!copy) return outcome;
        count('stale');
        return { ...outcome, stale: { value: copy.value, ageMs: ageOf(copy) } };
      }
      return outcome;
    }

    const ageOf = ({ bornAt }: CachedCopy<T>) => Math.round(clock() - bornAt);

    /** The answer that a copy gives by itself; undefined: the upstream is to be asked. */
    function answerFrom(
      copy: CachedCopy<T>,
      request: OwnedRequest,
      scope: CallScope,
    ): Outcome<T> | undefined {
      const at = clock();
      if (at >= copy.refreshUntil || !copies.isCurrent(request, copy)) return undefined;
      if (at < copy.freshUntil) count('hit');
      else renew(copy, request, scope);
      const { value, etag } = copy;
      const ageMs = ageOf(copy);
      return etag === undefined ? { kind: 'value', value, ageMs } : { kind: 'value', value, etag, ageMs };
    }

    function renew(copy: CachedCopy<T>, request: OwnedRequest, scope: CallScope): void {
      count('renewed');
      const { key } = request;
      if (renewing.has(key)) return;
      renewing.add(key);
      const deadline = Deadline.after(budgetMs, nobodyHangsUp, scope.deadline.clock);
      ask(conditional(request, copy), new ScopeUntil(scope, deadline))
        .catch((error: unknown) => log.warn({ err: error }, 'a cached answer was not renewed'))
        .finally(() => renewing.delete(key));
    }

    async function askAround(request: OwnedRequest, scope: CallScope): Promise<Outcome<T>> {
      const copy = await copies.fetch(request, scope);
      const answer = copy && answerFrom(copy, request, scope);
      return answer ?? ask(conditional(request, copy), scope);
    }

    return function fromCache(request, scope) {
      if (!isOwned(request)) return next(request, scope);
      const copy = copies.held(request);
      const answer = copy && answerFrom(copy, request, scope);
      if (answer) return Promise.resolve(answer);
      return copies.areShared ? askAround(request, scope) : ask(conditional(request, copy), scope);
    };
  };
}

const isOwned = (request: PreparedRequest): request is OwnedRequest => request.owner !== undefined;

/** RFC 9111, section 4.3.1. */
const conditional = (request: OwnedRequest, copy: CachedCopy<unknown> | undefined): OwnedRequest =>
  copy?.etag === undefined && copy?.lastModified === undefined
    ? request
    : { ...request, known: copy, reply: { status: 0, headers: {}, bytes: 0 } };
