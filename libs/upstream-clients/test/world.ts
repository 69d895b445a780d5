import { Writable } from 'node:stream';
import { createLogger, createMetrics, Deadline, type TenantId } from '@bff/service-kit';
import { z } from 'zod';
import {
  createUpstreamClients,
  get,
  jsonObject,
  patch,
  post,
  service,
  servicesOf,
  type CallScope,
  type ClientsOf,
  type PreparedRequest,
  type ServiceRegistry,
  type UpstreamOptions,
  type Upstreams,
} from '../src/index.ts';
import { emptyReply } from '../src/transport/reply.ts';
import { httpUpstream, tcpUpstream, type Upstream } from './upstreams.ts';

const thingModel = z.object({
  id: z.string(),
  owner_id: z.string(),
  title: z.string(),
  state: z.string(),
  amount: z.int(),
  seen_at: z.string().nullable(),
  note: z.string().nullable(),
  secret: z.string(),
  parts: z.array(z.object({ code: z.string(), quantity: z.int() }).readonly()).readonly(),
});

export const thing = service(
  'thing',
  { address: 'http://127.0.0.1:8080' },
  {
    read: get('/things/{thingId}', { response: thingModel }),
    list: get('/owners/{ownerId}/things', {
      query: { limit: z.int(), cursor: z.string().optional() },
      response: z.object({
        items: z.array(thingModel.readonly()).readonly(),
        next_cursor: z.string().nullable(),
      }),
    }),
    count: get('/owners/{ownerId}/count', { response: z.object({ count: z.int().min(0) }) }),
    settings: get('/things/{thingId}/settings', { response: jsonObject }),
    changeSettings: patch('/things/{thingId}/settings', {
      body: jsonObject,
      contentType: 'application/merge-patch+json',
      response: jsonObject,
    }),
    markSeen: post('/things/{thingId}/seen', { response: thingModel }),
  },
);

export const other = service(
  'other',
  { address: 'http://127.0.0.1:8081' },
  { read: get('/others/{otherId}', { response: z.object({ label: z.string() }) }) },
);

/** The registry of a test that needs no other services. */
export const services = { thing, other };
export type Clients = ClientsOf<typeof services>;

/** The identifier in calls of tests that do not depend on it. */
export const thingId = 'thing-1';
export const ownerId = 'u1';
export const otherId = 'other-1';

export const the = {
  thing: {
    id: 'thing-1', owner_id: 'u1', title: 'Lamp', state: 'new', amount: 1250, seen_at: '2026-11-01T08:00:00Z',
    note: null, secret: '123-45-6789', parts: [{ code: 's1', quantity: 1 }],
  },
  settings: {
    theme: 'dark', language: 'de', enabled: true, digest: { frequency: 'weekly', hour: 7 }, nickname: null,
  },
} as const; // prettier-ignore

export type LogLine = Record<string, unknown> & { readonly level: string; readonly msg: string };

export interface Rig<Services extends ServiceRegistry> extends Upstreams<Services> {
  readonly log: readonly LogLine[];
  /** The sample of a metric with these labels, or undefined. */
  readonly metric: (name: string, labels: Record<string, string>) => Promise<number | undefined>;
}

/** Servers and clients of one test, closed together. */
export function createWorld() {
  const ends: (() => Promise<void>)[] = [];
  const keep = (upstream: Upstream): Upstream => {
    ends.push(upstream.close);
    return upstream;
  };
  /** Clients of a registry, with all its services at one address. */
  const clientsOf = <Services extends ServiceRegistry>(
    registry: Services,
    address: string,
    options: Partial<UpstreamOptions> = {},
  ): Rig<Services> => {
    const log: LogLine[] = [];
    const sink = new Writable({ write: (line, _, done) => (log.push(JSON.parse(String(line))), done()) });
    const metrics = createMetrics('test');
    const upstreams = createUpstreamClients(registry, {
      addresses: Object.fromEntries(servicesOf(registry).map(({ name }) => [name, address])),
      metrics,
      log: createLogger('test', 'debug', sink),
      ...options,
    });
    ends.push(() => upstreams.close());
    return {
      ...upstreams,
      log,
      metric: async (name, labels) => {
        const { body } = await metrics.render();
        const line = body
          .split('\n')
          .find(
            (each) =>
              each.startsWith(`${name}{`) &&
              Object.entries(labels).every(([label, value]) => each.includes(`${label}="${value}"`)),
          );
        return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')));
      },
    };
  };
  return {
    http: async (...args: Parameters<typeof httpUpstream>) => keep(await httpUpstream(...args)),
    tcp: async (...args: Parameters<typeof tcpUpstream>) => keep(await tcpUpstream(...args)),
    keep,
    clientsOf,
    clients: (address: string, options?: Partial<UpstreamOptions>) => clientsOf(services, address, options),
    /** Closes clients before servers, because a pool closes gracefully. */
    end: async () => {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}

export interface ScopeOptions extends Partial<Omit<CallScope, 'deadline'>> {
  readonly ms?: number;
  readonly signal?: AbortSignal;
}

/** Creates a request in the form that the stages receive. */
export function requestOf(changes: Partial<PreparedRequest> = {}): PreparedRequest {
  const { target = '/x', owner = 't1 u1 thing', headers = [] } = changes;
  return {
    target,
    headers,
    resource: target,
    owner,
    key: `${owner} ${target}`,
    reply: emptyReply(),
    ...changes,
  };
}

export const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let identities = 0;

/** Creates the scope of an identity of its own, or of the one that `identityKey` names. */
export function scopeOf({
  ms = 5_000,
  signal = new AbortController().signal,
  ...rest
}: ScopeOptions = {}): CallScope {
  return {
    tenant: 't1' as TenantId,
    identityKey: `somebody-${++identities}`,
    bearerFor: (audience) => `token-for-${audience}`,
    requestId: 'request-1',
    traceparent,
    deadline: Deadline.after(ms, signal),
    ...rest,
  };
}
