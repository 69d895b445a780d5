import type { IncomingMessage, ServerResponse } from 'node:http';
import { instanceOf, problemBody, type Problem } from '@bff/service-kit';
import { varyByCoding } from '../response/answer-headers.ts';

/** Header fields about content that a route may have set before it failed. */
const staleHeaders = ['ETag', 'Last-Modified', 'Content-Encoding', 'Content-Disposition', 'BFF-Degraded'];

/**
 * Answers with a problem (RFC 9457) and `no-store`. When an answer has already begun, closes the connection
 * instead: the client cannot detect otherwise that the answer is incomplete.
 */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  problem: Problem,
  requestId: string,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(problemBody(problem, instanceOf(request), requestId));
  for (const name of staleHeaders) response.removeHeader(name);
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
  // RFC 9110, section 15.5.2: a 401 needs a challenge. No scheme is registered for cookies (docs/adr/0024).
  if (problem.status === 401 && !response.hasHeader('WWW-Authenticate'))
    response.setHeader('WWW-Authenticate', 'Cookie');
  response.statusCode = problem.status;
  response.setHeader('Content-Type', 'application/problem+json');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Vary', varyByCoding(response.getHeader('Vary')));
  response.end(request.method === 'HEAD' ? undefined : body);
}
