import type { ServerResponse } from 'node:http';
import { formatHttpDate, problemBody, type Problem } from '@bff/service-kit';

/** What a handler returns; the listener or a fault puts it on the wire. */
export interface Answer {
  /** default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Left out: no body. */
  readonly body?: unknown;
}

/** A body that was last modified at the latest of these times, ISO 8601; without any, when is not told. */
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

/** Writes status and headers, and returns the bytes that remain to be sent. */
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
