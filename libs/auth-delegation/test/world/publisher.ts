import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface Publisher {
  readonly url: string;
  /** Requests seen so far. */
  readonly calls: () => number;
  close(): Promise<void>;
}

/** A server on a free port of the loopback that counts what it is asked. */
export async function listen(handler: RequestListener): Promise<Publisher> {
  let calls = 0;
  const server: Server = createServer((request, response) => {
    calls += 1;
    handler(request, response);
  });
  // A test that fails before it closes its server must not keep the run alive.
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
  /** What it answers from now on. */
  keys: readonly unknown[];
  /** While true it answers 500. */
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
