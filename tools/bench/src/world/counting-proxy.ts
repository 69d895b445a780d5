import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came back through the proxies since it was last reset. */
export interface Traffic {
  calls: number;
  bytes: number;
}

export interface CountingProxy {
  readonly url: string;
  close(): void;
}

/** Stands before one service and counts the bytes of what it answers; changes nothing. */
export async function startCountingProxy(target: string, traffic: Traffic): Promise<CountingProxy> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming;
    const onward = request(new URL(url, target), { method, headers }, (answer) => {
      traffic.calls += 1;
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.on('data', (chunk: Buffer) => (traffic.bytes += chunk.length)).pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
