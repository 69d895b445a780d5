import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type RequestListener,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';

/** An answer as received: nothing decoded. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface WireRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface HttpWorld {
  readonly port: number;
  exchange(request?: WireRequest): Promise<WireAnswer>;
  close(): Promise<void>;
}

/** Starts a server on a free port, and a client that adds no header fields but Host and Connection. */
export async function serve(handler: RequestListener): Promise<HttpWorld> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    exchange: (request = {}) => exchange(port, request),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function exchange(
  port: number,
  { method = 'GET', path = '/', headers = {}, body }: WireRequest,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, method, path, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Returns the decoded body. */
export function decoded({ headers, body }: WireAnswer): string {
  switch (headers['content-encoding']) {
    case undefined:
      return body.toString();
    case 'br':
      return brotliDecompressSync(body).toString();
    case 'zstd':
      return zstdDecompressSync(body).toString();
    case 'gzip':
      return gunzipSync(body).toString();
    default:
      throw new Error(`unknown coding ${headers['content-encoding']}`);
  }
}

/**
 * Returns the milliseconds of the fastest of five runs: the cost of the work, whatever else the machine does.
 */
export function quickest(work: () => void): number {
  const runs = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...runs);
}
