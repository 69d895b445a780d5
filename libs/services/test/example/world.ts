import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger, createMetrics, Deadline, type TenantId } from '@bff/service-kit';
import { createUpstreamClients, servicesOf, type CallScope } from '@bff/upstream-clients';
import * as services from '../../src/index.ts';

/** One answer of each model, as its service sends it. */
export const the = {
  user: {
    id: 'alice', name: 'Alice', email: 'alice@acme.test', avatar_url: null, last_login: '2026-11-01T08:00:00Z',
    locale: 'de', phone: null, ssn: '123-45-6789', internal_notes: null, created_at: '2024-01-01T00:00:00Z',
  },
  preferences: {
    theme: 'dark', language: 'de', newsletter: true, digest: { frequency: 'weekly', hour: 7 }, nickname: null,
  },
  order: {
    id: 'o1', user_id: 'alice', status: 'paid', placed_at: '2026-10-01T00:00:00Z', total_cents: 1250,
    currency: 'EUR', note: null, internal_notes: null,
    items: [{ sku: 's1', name: 'Lamp', quantity: 1, unit_cents: 1250 }],
  },
  notification: {
    id: 'n1', kind: 'order', title: 'Shipped', body: 'On its way', created_at: '2026-10-02T00:00:00Z', read_at: null,
  },
} as const; // prettier-ignore

export interface Seen {
  readonly line: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Creates clients of all services. They call one server, which answers every request with this JSON. */
export async function createWorld(answer: unknown) {
  const seen: Seen[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({
      line: `${request.method} ${request.url}`,
      contentType: request.headers['content-type'],
      body,
    });
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  };
  const server = createServer((request, response) => void respond(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { clients, close } = createUpstreamClients(services, {
    addresses: Object.fromEntries(servicesOf(services).map(({ name }) => [name, address])),
    metrics: createMetrics('test'),
    log: createLogger('test', 'silent'),
  });
  return {
    clients,
    seen,
    [Symbol.asyncDispose]: async () => {
      await close();
      server.close();
      server.closeAllConnections();
    },
  };
}

export type Clients = Awaited<ReturnType<typeof createWorld>>['clients'];

export const scopeOf = (): CallScope => ({
  tenant: 'acme' as TenantId,
  identityKey: 'alice',
  bearerFor: (audience) => `token-for-${audience}`,
  requestId: 'request-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  deadline: Deadline.after(5_000, new AbortController().signal),
});
