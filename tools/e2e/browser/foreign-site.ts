import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ForeignSite {
  /** Another port of the same host: another origin on the same site, to which SameSite=Lax does not apply. */
  readonly sameSite: string;
  /** Another origin on another site. */
  readonly crossSite: string;
  close(): void;
}

/** Serves a page of an attacker, without a content security policy. */
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
