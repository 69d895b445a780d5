import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ForeignSite {
  /** Another port of the same host: another origin, yet the same site, so that SameSite lets the cookie through. */
  readonly sameSite: string;
  /** Another site, too. */
  readonly crossSite: string;
  close(): void;
}

/** A page of somebody else, without a policy that would hinder it. */
export async function startForeignSite(): Promise<ForeignSite> {
  const server = createServer((_request, response) =>
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Win a prize</title>'),
  ).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    sameSite: `http://localhost:${port}`,
    crossSite: `http://127.0.0.1:${port}`,
    close: () => void (server.close(), server.closeAllConnections()),
  };
}
