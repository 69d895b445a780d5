import { contextOf, Problem, StateReadOnly, StateUnavailable, type ProblemType } from '@bff/service-kit';
import type { ErrorRequestHandler, Request } from 'express';
import { sendPage, type Page } from '../pages/page.ts';
import { sendProblem } from './problem-answer.ts';

/** `Retry-After` while the store is unavailable: seconds in which a failover is usually finished. */
const storeRetryAfter = '5';

/**
 * Problems for errors of body parsers and other Express middleware (`http-errors`), by status. Their messages
 * are not sent.
 */
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
  /**
   * Returns a page for browser navigation, sent with the status and header fields of the problem; undefined
   * sends the problem as JSON.
   */
  readonly pageOf?: (request: Request, problem: Problem) => Page | undefined;
}

/**
 * Creates the last middleware, which converts errors to problems. Logs an unexpected error once, and sends
 * nothing of it to the client. Requires `withRequestContext` before it.
 */
export function problemHandler({ pageOf }: ProblemHandlerOptions = {}): ErrorRequestHandler {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express knows an error handler by its four parameters
  return function handleProblem(error: unknown, request, response, _next) {
    const { requestId, signal, log } = contextOf(request);
    const expected = toProblem(error);
    // Errors after the client disconnected are expected, and nobody receives the answer.
    if (signal.aborted) return;
    if (!expected) log.error({ error: loggable(error) }, 'unexpected error');
    const problem = expected ?? new Problem('internal');
    const page = response.headersSent ? undefined : pageOf?.(request, problem);
    if (page) sendPage(response.set(problem.headers), problem.status, page);
    else sendProblem(request, response, problem, requestId);
  };
}

/** Returns the problem for an error; undefined for an unexpected error. */
export function toProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof StateUnavailable)
    return new Problem('unavailable', {
      ...(error instanceof StateReadOnly && {
        detail: 'Reading works. Writes are unavailable until the state store recovers.',
      }),
      headers: { 'Retry-After': storeRetryAfter },
      cause: error,
    });
  if (error instanceof URIError)
    return new Problem('bad-request', { detail: 'The address cannot be decoded.' });
  return fromMiddleware(error);
}

/**
 * Recognizes `http-errors` by their `expose` member. Errors of an HTTP client have a `status` too, but it is
 * the status of the upstream's answer.
 */
function fromMiddleware(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status, expose, type, limit } = error as Error &
    Partial<Record<'status' | 'expose' | 'type' | 'limit', unknown>>;
  if (expose !== true || typeof status !== 'number') return undefined;
  const known = middlewareProblems[status];
  return known && new Problem(known[0], { detail: limitOf(type, limit) ?? known[1], cause: error });
}

/** Names the exceeded limit of a body parser (body-parser, "Errors"). */
function limitOf(type: unknown, limit: unknown): string | undefined {
  if (type === 'parameters.too.many') return 'The form has too many parameters.';
  return type === 'entity.too.large' && typeof limit === 'number'
    ? `The limit is ${limit} bytes.`
    : undefined;
}

/** Returns only the members to log, because others of an error can contain requests, bodies and tokens. */
function loggable(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  return { type: name, message, stack, cause: cause instanceof Error ? cause.stack : undefined };
}
