import type { ServerResponse } from 'node:http';
import { formatHttpDate, problemBody, type Problem } from '@bff/service-kit';

/** Result of a handler, sent by the listener unless a fault changes or replaces it. */
export interface Answer {
  /** Status code. Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body, sent as JSON. Default: none. */
  readonly body?: unknown;
}

/**
 * Returns an answer with the latest of these ISO 8601 times as `Last-Modified`. Omits the field if there are
 * no times.
 */
export function modifiedAt(body: unknown, times: readonly unknown[]): Answer {
  const known = times.filter((time) => typeof time === 'string').map((time) => Date.parse(time));
  return known.length === 0
    ? { body }
    : { body, headers: { 'Last-Modified': formatHttpDate(Math.max(...known)) } };
}

export const problemAnswer = (problem: Problem, path: string, requestId: string): Answer => ({
  status: problem.status,
  headers: { 'Content-Type': 'application/problem+json', ...problem.headers },
  body: problemBody(problem, path, requestId),
});

/** Writes status and header fields, and returns the body as bytes, which the caller sends. */
export function sendHead(response: ServerResponse, { status = 200, headers, body }: Answer): Buffer {
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': bytes.length }),
    'Cache-Control': 'no-store',
    ...headers,
  });
  return bytes;
}

export function send(response: ServerResponse, answer: Answer): void {
  response.end(sendHead(response, answer));
}
