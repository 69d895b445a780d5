import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem, problemBody, type ProblemType } from '../core/problem.ts';

export interface HttpLimits {
  /** Request line and header fields together, bytes. default 16384 */
  readonly maxHeaderBytes?: number;
  /** From the first byte of a connection's request to the end of its headers, milliseconds. default 10000 */
  readonly headersTimeoutMs?: number;
  /** From the first byte of a request to the last one of its body, milliseconds. default 30000 */
  readonly requestTimeoutMs?: number;
  /** Idle time between two requests of a connection, milliseconds. default 65000, more than common load balancers' 60 s */
  readonly keepAliveTimeoutMs?: number;
}

/** An HTTP/1.1 server that answers even what never becomes a request with a problem of its own. */
export function createHttpServer(listener: RequestListener, limits: HttpLimits = {}): Server {
  const { maxHeaderBytes = 16_384, headersTimeoutMs = 10_000, requestTimeoutMs = 30_000, keepAliveTimeoutMs = 65_000 } = limits; // prettier-ignore
  const server = createServer(
    {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
    },
    listener,
  );
  server.on('clientError', refuse);
  return server;
}

const problemOf: Readonly<Record<string, ProblemType>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = new Problem(problemOf[error.code ?? ''] ?? 'bad-request');
  const body = JSON.stringify(problemBody(problem, '/', 'none'));
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
  );
}
