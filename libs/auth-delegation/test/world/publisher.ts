import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface Publisher {
  readonly url: string;
  /** Returns the number of requests so far. */
  readonly calls: () => number;
  close(): Promise<void>;
}

/** Starts a server on a free loopback port that counts its requests. */
export async function listen(handler: RequestListener): Promise<Publisher> {
  let calls = 0;
  const server: Server = createServer((request, response) => {
    calls += 1;
    handler(request, response);
  });
  // A test that fails before it closes its server must not keep the process alive.
  server.unref().on('connection', (socket) => socket.unref());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface KeyPublisher extends Publisher {
  /** The keys that it answers with. */
  keys: readonly unknown[];
  /** Answers 500 while true. */
  down: boolean;
}

/** Publishes a JWK Set that the test may change at any time. */
export async function publishKeys(keys: readonly unknown[]): Promise<KeyPublisher> {
  const state = { keys, down: false };
  const publisher = await listen((_request, response) => {
    response.statusCode = state.down ? 500 : 200;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ keys: state.keys }));
  });
  return Object.assign(state, publisher);
}
