import type { SyncClientOptions, SyncReply } from '../../src/index.ts';

type Fetch = SyncClientOptions['fetch'];

interface Stored {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The request fields that `Vary` names. */
  readonly varies: readonly (readonly [name: string, value: string | null])[];
}

export interface HttpCache {
  readonly fetch: Fetch;
  /** Returns the status of each stored answer, by URL. */
  stored(): readonly (readonly [url: string, status: number])[];
}

/**
 * Creates a private cache (RFC 9111) below `fetch`, as in a browser, OkHttp or CacheControl. It stores every
 * answer that may be stored, including 226, and revalidates with its own `If-None-Match`.
 */
export function httpCache(origin: Fetch): HttpCache {
  const entries = new Map<string, Stored>();

  const fetch: Fetch = async (url, init) => {
    const request = new Headers(init.headers);
    const directives = request.get('Cache-Control') ?? '';
    const entry = entries.get(url);
    const matches = entry?.varies.every(([name, value]) => request.get(name) === value) ?? false;
    const isConditional = request.has('If-None-Match');
    const isUsable = entry !== undefined && matches && !isConditional && !directives.includes('no-cache');
    const tag = isUsable ? entry.headers.get('ETag') : null;
    if (tag) request.set('If-None-Match', tag);
    const reply = await origin(url, { ...init, headers: Object.fromEntries(headersOf(request)) });
    if (tag && reply.status === 304) return replyOf(entry!);
    const text = await reply.text();
    const headers = new Headers(Object.fromEntries((reply.headers as Headers).entries()));
    const fresh: Stored = { status: reply.status, headers, text, varies: varies(headers, request) };
    const mayStore = !directives.includes('no-store') && !headers.get('Cache-Control')?.includes('no-store');
    if (mayStore && [200, 226].includes(reply.status) && headers.has('ETag')) entries.set(url, fresh);
    return replyOf(fresh);
  };
  return { fetch, stored: () => [...entries].map(([url, { status }]) => [url, status] as const) };
}

const varies = (headers: Headers, request: Headers): Stored['varies'] =>
  (headers.get('Vary') ?? '')
    .split(',')
    .filter(Boolean)
    .map((name) => [name.trim(), request.get(name.trim())] as const);
const headersOf = (headers: Headers): [string, string][] =>
  [...headers].map(([name, value]) => [names[name] ?? name, value]);
/** Field names in the spelling that the test servers read. */
const names: Readonly<Record<string, string>> = { 'a-im': 'A-IM', 'if-none-match': 'If-None-Match' };
const replyOf = ({ status, headers, text }: Stored): SyncReply => ({
  status,
  headers,
  text: async () => text,
});
