import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Faults of the link: `none` delivers the answer, `lost` drops it, `cut` truncates its body. `page`, `json`
 * and `unavailable` replace it by that of another server, and `not-modified` by a 304 although the request
 * had no `If-None-Match`.
 */
export const faults = ['none', 'lost', 'cut', 'page', 'json', 'not-modified', 'unavailable'] as const;
export type Fault = (typeof faults)[number];

export interface FaultyLink {
  readonly url: string;
  /** Faults of the next requests, in order; later answers are delivered. */
  readonly next: Fault[];
  /** Number of occurrences of each status of the server and each fault. */
  readonly counts: Record<string, number>;
  close(): Promise<void>;
}

const stranger = '"507f1f77bcf86cd799439011"';

/** A network between a device and the server at `origin`. */
export async function startFaultyLink(origin: string): Promise<FaultyLink> {
  const next: Fault[] = [];
  const counts: Record<string, number> = {};
  const count = (what: string | number): void => void (counts[what] = (counts[what] ?? 0) + 1);

  async function handle({ url = '', headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = new Headers(headers as Record<string, string>);
    for (const name of ['Host', 'Connection']) sent.delete(name);
    const answer = await fetch(origin + url, { headers: sent });
    const body = Buffer.from(await answer.arrayBuffer());
    count(answer.status);
    const isConditional = headers['if-none-match'] !== undefined;
    const wanted = next.shift() ?? 'none';
    // A device that named a stored view cannot distinguish a foreign 304 from the server's: drops it instead.
    const fault = wanted === 'not-modified' && isConditional ? 'lost' : wanted;
    count(fault);
    if (fault === 'lost') return void response.destroy();
    if (fault === 'page')
      return void response
        .writeHead(200, { 'Content-Type': 'text/html', ETag: stranger })
        .end('<html>Log in to this hotel');
    if (fault === 'json')
      return void response
        .writeHead(200, { 'Content-Type': 'application/json', ETag: stranger })
        .end('{"orders":[]}');
    if (fault === 'not-modified') return void response.writeHead(304, { ETag: stranger }).end();
    if (fault === 'unavailable') return void response.writeHead(502).end('<html>');
    const length = body.length > 0 ? { 'Content-Length': body.length } : {};
    response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...length });
    if (fault === 'none' || body.length === 0) return void response.end(body);
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
  }

  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next,
    counts,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
