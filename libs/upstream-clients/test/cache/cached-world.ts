import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Outcome } from '@bff/service-kit';
import { until } from '@bff/testbed';
import type { LoyaltyTier, UpstreamOptions } from '../../src/index.ts';
import { sendJson } from '../upstreams.ts';
import { scopeOf, type createWorld, type ScopeOptions } from '../world.ts';

export type Headers = Readonly<Record<string, string | string[]>>;
/** `confirm`: 304 when asked with a validator, else a new value. */
export type Answer = 'value' | 'confirm' | number | ((response: ServerResponse) => void);

/** An upstream of tiers (`v1`, `v2` ...) whose clock is ours, and clients whose time is passed by hand. */
export async function createCachedWorld(world: ReturnType<typeof createWorld>) {
  let skipped = 0;
  let version = 0;
  const seen: IncomingHttpHeaders[] = [];
  const state = { answer: 'value' as Answer, headers: {} as Headers };
  /** Begins with a whole second: HTTP dates have no parts of one, and an answer that came in the next second is one older. */
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
    if (request.method !== 'GET' || request.url?.includes('/preferences'))
      return sendJson(response, { version: `v${++version}` });
    if (request.url?.includes('/unread_count')) return sendJson(response, { count: ++version });
    sendJson(response, { tier: `v${++version}` });
  });
  const rig = (options: Partial<UpstreamOptions> = {}) =>
    world.clients(upstream.address, {
      clock: () => performance.now() + skipped,
      now: wall,
      retries: 0,
      ...options,
    });
  const { clients, metric } = rig();
  const alice = (scope: ScopeOptions = {}) => scopeOf({ identityKey: 'alice', ...scope });
  return {
    upstream,
    rig,
    clients,
    metric,
    alice,
    state,
    /** The requests so far, by their headers. */
    seen,
    pass: (seconds: number) => void (skipped += seconds * 1_000),
    wall,
    httpTime: (seconds: number) => new Date(wall() + seconds * 1_000).toUTCString(),
    tier: (scope: ScopeOptions = {}): Promise<Outcome<LoyaltyTier>> =>
      clients.loyalty.tier(alice(scope), 'alice'),
    /** Until the upstream was asked so often. */
    asked: (times: number) => until(() => seen.length >= times),
  };
}
