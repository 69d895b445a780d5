import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** Starts a server on a free port, and returns it with its address and path as a part of a load job. */
export async function listening(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, job: { origins: [`http://127.0.0.1:${port}`], targets: [{ path: '/', headers: {} }] } };
}
