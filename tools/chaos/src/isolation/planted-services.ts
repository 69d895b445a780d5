import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { product } from '../product.ts';
import { serviceNames } from '../fleet/services.ts';

const { tenants, isolation } = product;
/** Marker in every value that the policies of both tenants block. */
export const hiddenMarker = 'plantedBlock';

/**
 * Markers of equal length, by tenant. Each marker is in every text of its tenant and nowhere else. The last
 * one belongs to no tenant: it is in the blocked values.
 */
export const markers: ReadonlyMap<string, string> = new Map([
  [tenants[0].id, 'plantedAlpha'],
  [tenants[1].id, 'plantedOmega'],
  ['blocked fields', hiddenMarker],
]);

/** Returns the marker of a tenant. @throws {TypeError} when it has none */
export function markerOf(tenant: string): string {
  const marker = markers.get(tenant);
  if (marker === undefined) throw new TypeError(`the tenant ${tenant} has no marker`);
  return marker;
}

/**
 * Simulates all registered services. Both tenants have every user under the same id, with equal data except
 * for the markers.
 */
export interface PlantedServices {
  readonly urls: Readonly<Record<string, string>>;
  /** Changes one member of all data, equally in both tenants. */
  advance(): void;
  /** Makes the service answer 500 until `heal` is called. */
  break(service: string): void;
  heal(): void;
  /** Calls whose token and header field name different tenants. */
  readonly confused: readonly string[];
  readonly calls: () => number;
  close(): Promise<void>;
}

export async function startPlantedServices(): Promise<PlantedServices> {
  let revision = 1;
  let calls = 0;
  const broken = new Set<string>();
  const confused: string[] = [];
  const written = new Map<string, Record<string, unknown>>();

  async function answer(service: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    calls += 1;
    const tenant = String(request.headers['x-tenant-id']);
    const [, claims = ''] = String(request.headers.authorization).split('.');
    const { tid } = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}') as { tid?: string };
    if (tid !== tenant) confused.push(`${request.url}: token of ${tid}, header of ${tenant}`);
    const marker = markerOf(tenant);
    const send = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response
        .writeHead(status, { 'Content-Type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    };
    if (broken.has(service)) return send(500, { error: marker });
    const path = new URL(request.url ?? '/', 'http://service').pathname;
    const fresh = { 'Cache-Control': 'private, max-age=1, stale-if-error=600' };
    const owner = isolation.document.ownerOf(path);
    if (owner !== undefined) {
      const key = `${tenant}/${owner}`;
      const now = { [isolation.document.member]: `${marker} ${revision}`, ...written.get(key) };
      if (request.method === 'PATCH')
        written.set(key, { ...written.get(key), ...((await json(request)) as object) });
      const body = request.method === 'PATCH' ? { ...now, ...written.get(key) } : now;
      return send(200, body, { ...fresh, ETag: `"${revision}"` });
    }
    const found = isolation.answer(path, marker, revision, hiddenMarker);
    return found === undefined ? send(404, { error: marker }) : send(200, found, fresh);
  }

  const servers = serviceNames.map((service) => {
    const server = createServer((request, response) => {
      answer(service, request, response).catch(() => response.destroy());
    }).listen(0, '127.0.0.1');
    return [service, server] as const;
  });
  await Promise.all(servers.map(([, server]) => once(server, 'listening')));
  return {
    urls: Object.fromEntries(
      servers.map(([service, server]) => [
        service,
        `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ]),
    ) as Record<string, string>,
    advance: () => void (revision += 1),
    break: (service) => void broken.add(service),
    heal: () => broken.clear(),
    confused,
    calls: () => calls,
    close: async () => {
      for (const [, server] of servers) server.close().closeAllConnections();
    },
  };
}
