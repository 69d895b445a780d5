import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Traffic from the services through the proxies since the last reset. */
export interface Traffic {
  calls: number;
  bytes: number;
}

export interface CountingProxy {
  readonly url: string;
  close(): void;
}

/** Starts a proxy in front of one service that counts the bytes of its answers and changes nothing. */
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
