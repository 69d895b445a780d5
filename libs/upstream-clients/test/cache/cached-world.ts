import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Outcome } from '@bff/service-kit';
import { until } from '@bff/testbed';
import type { UpstreamOptions } from '../../src/index.ts';
import { sendJson } from '../upstreams.ts';
import { otherId, scopeOf, type createWorld, type ScopeOptions } from '../world.ts';

export type Headers = Readonly<Record<string, string | string[]>>;
/** `confirm`: 304 to a request with a validator, else a new value. */
export type Answer = 'value' | 'confirm' | number | ((response: ServerResponse) => void);

/** Creates an upstream that answers labels (`v1`, `v2` ...), and clients whose clock the test advances. */
export async function createCachedWorld(world: ReturnType<typeof createWorld>) {
  let skipped = 0;
  let version = 0;
  const seen: IncomingHttpHeaders[] = [];
  const state = { answer: 'value' as Answer, headers: {} as Headers };
  /** Starts at a whole second, because HTTP dates have no fractions: an answer of the next second would be one second older. */
  const begun = Math.floor(Date.now() / 1_000) * 1_000 - performance.now();
  const wall = () => begun + performance.now() + skipped;

  const upstream = await world.http((request, response) => {
    seen.push(request.headers);
    const { answer, headers } = state;
    if (typeof answer === 'function') return answer(response);
    response.setHeader('Date', new Date(wall()).toUTCString());
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const conditional = request.headers['if-none-match'] ?? request.headers['if-modified-since'];
    if (typeof answer === 'number') return response.writeHead(answer).end();
    if (answer === 'confirm' && conditional) return response.writeHead(304).end();
    if (request.method !== 'GET' || request.url?.includes('/settings'))
      return sendJson(response, { version: `v${++version}` });
    if (request.url?.includes('/count')) return sendJson(response, { count: ++version });
    sendJson(response, { label: `v${++version}` });
  });
  const rig = (options: Partial<UpstreamOptions> = {}) =>
    world.clients(upstream.address, {
      clock: () => performance.now() + skipped,
      now: wall,
      retries: 0,
      ...options,
    });
  const { clients, metric } = rig();
  /** The scope of one identity. */
  const u1Scope = (scope: ScopeOptions = {}) => scopeOf({ identityKey: 'u1', ...scope });
  return {
    upstream,
    rig,
    clients,
    metric,
    u1Scope,
    state,
    /** The header fields of the requests so far. */
    seen,
    pass: (seconds: number) => void (skipped += seconds * 1_000),
    wall,
    httpTime: (seconds: number) => new Date(wall() + seconds * 1_000).toUTCString(),
    label: (scope: ScopeOptions = {}): Promise<Outcome<{ label: string }>> =>
      clients.other.read(u1Scope(scope), { otherId }),
    /** Resolves when the upstream was called this many times. */
    called: (times: number) => until(() => seen.length >= times),
  };
}
