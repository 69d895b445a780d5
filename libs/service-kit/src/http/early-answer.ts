import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { formatHttpDate } from '../core/http-date.ts';
import { problemBody, type Problem } from '../core/problem.ts';
import { randomHex } from '../core/random-hex.ts';
import { findContext, requestIdOf } from './request-context.ts';
import { instanceOf } from './problem-instance.ts';

/**
 * Milliseconds after the last response at which the connection is destroyed if the client has not closed it:
 * an open connection would delay the drain.
 */
const lingerMs = 1_000;

/**
 * Answers a request without calling the app, because the message is malformed or the app has no capacity.
 * This costs next to nothing.
 */
export function answerEarly(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
  const { body, fields } = earlyAnswer(problem, instanceOf(request), idOf(request));
  response.writeHead(problem.status, fields);
  response.end(request.method === 'HEAD' ? undefined : body);
}

/**
 * Answers a malformed or incomplete message and closes the connection. @param request head of the message, if
 * it was valid
 */
export function answerConnection(socket: Duplex, problem: Problem, request?: IncomingMessage): void {
  const requestId = request ? idOf(request) : randomHex(12);
  const { body, fields } = earlyAnswer(problem, request ? instanceOf(request) : '/', requestId);
  const head = Object.entries({ Date: formatHttpDate(Date.now()), ...fields, Connection: 'close' })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  endConnection(socket, `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${head}\r\n${body}`);
}

/**
 * Sends the remaining bytes, then reads and discards input until the client closes the connection: closing it
 * with unread input would reset it, and the client could lose the response (RFC 9112, section 9.6).
 */
export function endConnection(socket: Duplex, last = ''): void {
  socket.on('error', () => socket.destroy());
  socket.end(last);
  socket.resume();
  const cut = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once('close', () => clearTimeout(cut));
}

const idOf = (request: IncomingMessage): string => findContext(request)?.requestId ?? requestIdOf(request);

/**
 * Builds the response. Apart from `Date` and connection fields, it has the same header fields as a
 * problem that the app sends.
 */
function earlyAnswer(problem: Problem, instance: string, requestId: string) {
  const body = JSON.stringify(problemBody(problem, instance, requestId));
  const fields = {
    ...problem.headers,
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    'X-Request-ID': requestId,
  };
  return { body, fields };
}
