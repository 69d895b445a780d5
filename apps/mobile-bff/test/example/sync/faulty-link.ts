import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What becomes of an answer: it arrives; it is lost, or cut in the middle of its body; somebody else answers; a 304 comes to a request
 * that named nothing.
 */
export const faults = ['none', 'lost', 'cut', 'page', 'json', 'not-modified', 'unavailable'] as const;
export type Fault = (typeof faults)[number];

export interface FaultyLink {
  readonly url: string;
  /** Of the next requests, in their order; then answers arrive. */
  readonly next: Fault[];
  /** Statuses of the server, and faults, as often as they occurred. */
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
    // Nobody can tell a foreign 304 to a request that named a view from the server's.
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
