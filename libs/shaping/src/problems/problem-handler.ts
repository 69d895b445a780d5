import { contextOf, Problem, StateReadOnly, StateUnavailable, type ProblemType } from '@bff/service-kit';
import type { ErrorRequestHandler, Request } from 'express';
import { sendPage, type Page } from '../pages/page.ts';
import { sendProblem } from './problem-answer.ts';

/** Seconds; a store that went away is back after its failover, or not so soon. */
const storeRetryAfter = '5';

/** What body parsers and other middleware of Express throw (`http-errors`), by their status. Nothing of theirs is repeated. */
const middlewareProblems: Readonly<Record<number, readonly [type: ProblemType, detail?: string]>> = {
  400: ['bad-request', 'The request cannot be read.'],
  403: ['forbidden'],
  404: ['not-found'],
  406: ['not-acceptable'],
  408: ['request-timeout'],
  412: ['precondition-failed'],
  413: ['content-too-large'],
  414: ['uri-too-long'],
  415: ['unsupported-media-type'],
  431: ['headers-too-large'],
};

export interface ProblemHandlerOptions {
  /** A page for a person who navigated here, with the status and the headers of the problem; undefined: the problem as JSON. */
  readonly pageOf?: (request: Request, problem: Problem) => Page | undefined;
}

/**
 * The last middleware: turns what was thrown or handed to `next` into a problem. An error that nobody expected is
 * logged once, and the client learns nothing of it. Needs `withRequestContext` in front.
 */
export function problemHandler({ pageOf }: ProblemHandlerOptions = {}): ErrorRequestHandler {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express knows an error handler by its four parameters
  return function handleProblem(error: unknown, request, response, _next) {
    const { requestId, signal, log } = contextOf(request);
    const expected = toProblem(error);
    // When the client went away, what breaks after it is no fault and nobody reads the answer.
    if (signal.aborted) return;
    if (!expected) log.error({ error: loggable(error) }, 'unexpected error');
    const problem = expected ?? new Problem('internal');
    const page = response.headersSent ? undefined : pageOf?.(request, problem);
    if (page) sendPage(response.set(problem.headers), problem.status, page);
    else sendProblem(request, response, problem, requestId);
  };
}

/** The problem that a client is told of an error; undefined for one that nobody expected. */
export function toProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof StateUnavailable)
    return new Problem('unavailable', {
      ...(error instanceof StateReadOnly && {
        detail: 'Reading works; what has to be stored cannot be done at the moment.',
      }),
      headers: { 'Retry-After': storeRetryAfter },
      cause: error,
    });
  if (error instanceof URIError)
    return new Problem('bad-request', { detail: 'The address cannot be decoded.' });
  return fromMiddleware(error);
}

/**
 * `expose` is the mark of `http-errors`. The errors of an HTTP client have a status too, and it is the upstream's, not
 * ours.
 */
function fromMiddleware(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status, expose, type, limit } = error as Error &
    Partial<Record<'status' | 'expose' | 'type' | 'limit', unknown>>;
  if (expose !== true || typeof status !== 'number') return undefined;
  const known = middlewareProblems[status];
  return known && new Problem(known[0], { detail: limitOf(type, limit) ?? known[1], cause: error });
}

/** Which limit of a body parser was exceeded (body-parser, "Errors"). */
function limitOf(type: unknown, limit: unknown): string | undefined {
  if (type === 'parameters.too.many') return 'The form has too many parameters.';
  return type === 'entity.too.large' && typeof limit === 'number'
    ? `The limit is ${limit} bytes.`
    : undefined;
}

/** Only these: other members of an error carry requests, bodies and tokens. */
function loggable(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  return { type: name, message, stack, cause: cause instanceof Error ? cause.stack : undefined };
}
