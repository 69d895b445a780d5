import type { ServerResponse } from 'node:http';
import { problemBody, type Problem } from '@bff/service-kit';

/** What a handler returns; the listener or a fault puts it on the wire. */
export interface Answer {
  /** default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Left out: no body. */
  readonly body?: unknown;
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
