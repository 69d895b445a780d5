import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { serviceKeys, type ServiceKey } from './fleet.ts';

/** Words of equal length, one in every text that a tenant owns, and nowhere else. */
export const markers = { acme: 'plantedAlpha', globex: 'plantedOmega' } as const;
export type Planted = keyof typeof markers;

/** Four services that know every user in both tenants under the same ids, with equal contents but for the markers. */
export interface PlantedServices {
  readonly urls: Readonly<Record<ServiceKey, string>>;
  /** Changes one field of everything, in both tenants alike. */
  advance(): void;
  /** Answers 500 until healed. */
  break(service: ServiceKey): void;
  heal(): void;
  /** Calls whose token speaks for another tenant than their header. */
  readonly confused: readonly string[];
  readonly calls: () => number;
  close(): Promise<void>;
}

export async function startPlantedServices(): Promise<PlantedServices> {
  let revision = 1;
  let calls = 0;
  const broken = new Set<ServiceKey>();
  const confused: string[] = [];
  const written = new Map<string, Record<string, unknown>>();

  async function answer(
    service: ServiceKey,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    calls += 1;
    const tenant = String(request.headers['x-tenant-id']) as Planted;
    const [, claims = ''] = String(request.headers.authorization).split('.');
    const { tid } = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}') as { tid?: string };
    if (tid !== tenant) confused.push(`${request.url}: token of ${tid}, header of ${tenant}`);
    const send = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response
        .writeHead(status, { 'Content-Type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    };
    if (broken.has(service)) return send(500, { error: markers[tenant] });
    const path = new URL(request.url ?? '/', 'http://service').pathname;
    const owner = path.split('/')[4] ?? '';
    const fresh = { 'Cache-Control': 'private, max-age=1, stale-if-error=600' };
    if (path.endsWith('/preferences')) {
      const key = `${tenant}/${owner}`;
      const now = { theme: `${markers[tenant]} ${revision}`, ...written.get(key) };
      if (request.method === 'PATCH')
        written.set(key, { ...written.get(key), ...((await json(request)) as object) });
      const body = request.method === 'PATCH' ? { ...now, ...written.get(key) } : now;
      return send(200, body, { ...fresh, ETag: `"${revision}"` });
    }
    const found = resource(path, markers[tenant], owner, revision);
    return found === undefined ? send(404, { error: markers[tenant] }) : send(200, found, fresh);
  }

  const servers = serviceKeys.map((service) => {
    const server = createServer((request, response) => {
      answer(service, request, response).catch(() => response.destroy());
    }).listen(0, '127.0.0.1');
    return [service, server] as const;
  });
  await Promise.all(servers.map(([, server]) => once(server, 'listening')));
  return {
    urls: Object.fromEntries(servers.map(([service, server]) => [service, `http://127.0.0.1:${(server.address() as AddressInfo).port}`])) as Record<ServiceKey, string>,
    advance: () => void (revision += 1),
    break: (service) => void broken.add(service),
    heal: () => broken.clear(),
    confused,
    calls: () => calls,
    close: async () => {
      for (const [, server] of servers) server.close().closeAllConnections();
    },
  }; // prettier-ignore
}

const time = '2026-11-01T09:00:00.000Z';

function resource(path: string, marker: string, owner: string, revision: number): unknown {
  const order = (id: string) => ({
    id,
    user_id: owner,
    status: 'paid',
    placed_at: time,
    total_cents: id === 'o1' ? 100 + revision : 100,
    currency: 'EUR',
    note: marker,
    internal_notes: null,
    items: [{ sku: 'S', name: marker, quantity: 1, unit_cents: 100 }],
  });
  const notification = (id: string) => ({ id, kind: 'order', title: marker, body: id === 'n1' ? `${marker} ${revision}` : marker, created_at: time, read_at: null }); // prettier-ignore
  const page = (items: unknown[]) => ({ items, next_cursor: `next-${marker}` });
  const user = () => ({
    id: owner,
    name: marker,
    email: `${owner}@${marker}.example`,
    avatar_url: `https://cdn.example/${marker}.png`,
    last_login: time,
    locale: 'de-DE',
    phone: marker,
    ssn: `${marker} ssn`,
    internal_notes: marker,
    created_at: time,
  });
  switch (path.split('/').slice(3).join('/').replace(owner, ':id')) {
    case 'users/:id':
      return user();
    case 'users/:id/orders':
      return page(['o1', 'o2', 'o3', 'o4', 'o5'].map(order));
    case 'orders/:id':
      return owner.startsWith('o') ? { ...order(owner), user_id: 'max' } : undefined;
    case 'users/:id/notifications':
      return page(['n1', 'n2', 'n3'].map(notification));
    case 'users/:id/unread_count':
      return { count: 3 };
    case 'users/:id/tier':
      return { tier: marker };
    case 'notifications/:id/read':
      return { ...notification(owner), read_at: time };
    default:
      return undefined;
  }
}
