import { Writable } from 'node:stream';
import { createLogger, createMetrics, Deadline, type TenantId } from '@bff/service-kit';
import {
  createUpstreamClients,
  type CallScope,
  type PreparedRequest,
  type UpstreamClients,
  type UpstreamOptions,
} from '../src/index.ts';
import { noReply } from '../src/transport/reply.ts';
import { httpUpstream, tcpUpstream, type Upstream } from './upstreams.ts';

export type LogLine = Record<string, unknown> & { readonly level: string; readonly msg: string };

export interface Rig {
  readonly clients: UpstreamClients;
  readonly log: readonly LogLine[];
  /** The sample of a metric with these labels, or undefined. */
  readonly metric: (name: string, labels: Record<string, string>) => Promise<number | undefined>;
}

/** Servers and clients of one test, ended together. */
export function createWorld() {
  const ends: (() => Promise<void>)[] = [];
  const keep = (upstream: Upstream): Upstream => {
    ends.push(upstream.close);
    return upstream;
  };
  return {
    http: async (...args: Parameters<typeof httpUpstream>) => keep(await httpUpstream(...args)),
    tcp: async (...args: Parameters<typeof tcpUpstream>) => keep(await tcpUpstream(...args)),
    keep,
    clients: (address: string, options: Partial<UpstreamOptions> = {}): Rig => {
      const log: LogLine[] = [];
      const sink = new Writable({ write: (line, _, done) => (log.push(JSON.parse(String(line))), done()) });
      const metrics = createMetrics('test');
      const clients = createUpstreamClients({
        addresses: { user: address, order: address, notification: address, loyalty: address },
        metrics,
        log: createLogger('test', 'debug', sink),
        ...options,
      });
      ends.push(() => clients.close());
      return {
        clients,
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
    },
    /** Clients before servers, for a pool closes gracefully. */
    end: async () => {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}

export interface ScopeOptions extends Partial<Omit<CallScope, 'deadline'>> {
  readonly ms?: number;
  readonly signal?: AbortSignal;
}

/** A request as the stages see it. */
export function requestOf(changes: Partial<PreparedRequest> = {}): PreparedRequest {
  return {
    target: '/x',
    owner: 'acme alice user',
    key: 'acme alice user /x',
    reply: noReply(),
    ...changes,
  };
}

export const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let identities = 0;

/** Everybody is somebody else, and shares nothing, unless `identityKey` says who. */
export function scopeOf({
  ms = 5_000,
  signal = new AbortController().signal,
  ...rest
}: ScopeOptions = {}): CallScope {
  return {
    tenant: 'acme' as TenantId,
    identityKey: `somebody-${++identities}`,
    bearerFor: (audience) => `token-for-${audience}`,
    requestId: 'request-1',
    traceparent,
    deadline: Deadline.after(ms, signal),
    ...rest,
  };
}

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
