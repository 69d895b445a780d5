import type { ServerResponse } from 'node:http';
import { formatHttpDate, problemBody, type Problem } from '@bff/service-kit';

/** Result of a handler, sent by the listener unless a fault changes or replaces it. */
export interface Answer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent: no body. */
  readonly body?: unknown;
}

/**
 * Returns an answer with `Last-Modified` set to the latest of these ISO 8601 times; without times it is
 * omitted.
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
