import { afterEach, describe, expect, test } from '@jest/globals';
import type { Outcome, TenantId } from '@bff/service-kit';
import { until } from '@bff/testbed';
import { createCachedWorld, type Answer, type Headers } from './cached-world.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const tierOf = (outcome: Outcome<{ tier: string }>) =>
  outcome.kind === 'value' ? outcome.value.tier : outcome;
type At = (seconds: number) => string;

describe('A7 RFC 9111: when a copy is used without asking', () => {
  test.each<[rule: string, headers: (at: At) => Headers, afterSeconds: number, used: boolean]>([
    ['4.2 fresh while its age is below max-age', () => ({ 'Cache-Control': 'max-age=60' }), 58, true],
    ['4.2 not at its end', () => ({ 'Cache-Control': 'max-age=60' }), 61, false],
    ['4.2.2 no heuristics: silence is not freshness', () => ({}), 0, false],
    ['4.2.2 nor is Last-Modified', (at) => ({ 'Last-Modified': at(-1e6) }), 0, false],
    ['4.2.1 max-age before Expires', (at) => ({ 'Cache-Control': 'max-age=60', Expires: at(-10) }), 30, true],
    ['4.2.1 max-age before Expires, the other way', (at) => ({ 'Cache-Control': 'max-age=1', Expires: at(900) }), 30, false],
    ['5.3 Expires, measured from Date', (at) => ({ Expires: at(60) }), 58, true],
    ['5.3 Expires is over', (at) => ({ Expires: at(60) }), 62, false],
    ['5.3 Expires: 0 is past', () => ({ Expires: '0' }), 0, false],
    ['5.3 Expires without a zone is no date', () => ({ Expires: 'Thu, 18 Aug 2050 02:01:18' }), 0, false],
    ['5.3 Expires in the form of RFC 850', () => ({ Expires: 'Thursday, 18-Aug-49 02:01:18 GMT' }), 60, true],
    ['5.3 Expires in the form of asctime', () => ({ Expires: 'Thu Aug 18 02:01:18 2050' }), 60, true],
    ['5.1 Age counts', () => ({ 'Cache-Control': 'max-age=60', Age: '50' }), 5, true],
    ['5.1 Age uses freshness up', () => ({ 'Cache-Control': 'max-age=60', Age: '50' }), 11, false],
    ['5.1 the first Age counts', () => ({ 'Cache-Control': 'max-age=60', Age: '70, 0' }), 0, false],
    ['5.1 Age that is no number is ignored', () => ({ 'Cache-Control': 'max-age=60', Age: '-1' }), 30, true],
    ['4.2.3 a Date in the past is age', (at) => ({ 'Cache-Control': 'max-age=60', Date: at(-55) }), 10, false],
    ['4.2.3 a Date in the future is not', (at) => ({ 'Cache-Control': 'max-age=60', Date: at(500) }), 61, false],
    ['5.2.2.1 max-age=0', () => ({ 'Cache-Control': 'max-age=0' }), 0, false],
    ['4.2.1 max-age that is no number is stale', () => ({ 'Cache-Control': 'max-age=soon' }), 0, false],
    ['4.2.1 max-age that is negative is stale', () => ({ 'Cache-Control': 'max-age=-60' }), 0, false],
    ['4.2.1 max-age that is a fraction is stale', () => ({ 'Cache-Control': 'max-age=60.5' }), 0, false],
    ['5.2 no space around =', () => ({ 'Cache-Control': 'max-age = 60' }), 0, false],
    ['5.2 the quoted form', () => ({ 'Cache-Control': 'max-age="60"' }), 58, true],
    ['5.2 directives in any case', () => ({ 'Cache-Control': 'Max-AGE=60' }), 58, true],
    ['5.2 a directive inside a quoted string is none', () => ({ 'Cache-Control': 'ext="x, max-age=60"' }), 0, false],
    ['5.2.3 unknown directives are ignored', () => ({ 'Cache-Control': 'frobnicate, max-age=60, x=1' }), 58, true],
    ['4.2.1 of two values the first counts', () => ({ 'Cache-Control': 'max-age=1, max-age=600' }), 30, false],
    ['1.2.2 a number too large is a large number', () => ({ 'Cache-Control': `max-age=${'9'.repeat(40)}` }), 9_999, true],
    ['5.2 in two lines', () => ({ 'Cache-Control': ['private', 'max-age=60'] }), 58, true],
    ['5.2.2.5 no-store', () => ({ 'Cache-Control': 'no-store, max-age=60' }), 0, false],
    ['5.2.2.3 must-understand over no-store', () => ({ 'Cache-Control': 'must-understand, no-store, max-age=60' }), 30, true],
    ['5.2.2.4 no-cache', () => ({ 'Cache-Control': 'no-cache, max-age=60' }), 0, false],
    ['5.2.2.4 no-cache for a field counts as for all', () => ({ 'Cache-Control': 'no-cache="x", max-age=60' }), 0, false],
    ['5.2.2.7 private: each copy is its identity\'s own', () => ({ 'Cache-Control': 'private, max-age=60' }), 30, true],
    ['5.2.2.9 public', () => ({ 'Cache-Control': 'public, max-age=60' }), 30, true],
    ['5.2.2.10 s-maxage is not for us', () => ({ 'Cache-Control': 's-maxage=60' }), 0, false],
    ['5.2.2.10 nor does it shorten', () => ({ 'Cache-Control': 's-maxage=0, max-age=60' }), 30, true],
    ['5.2.2.2 must-revalidate while fresh', () => ({ 'Cache-Control': 'must-revalidate, max-age=60' }), 30, true],
    ['5.2.2.2 must-revalidate when stale', () => ({ 'Cache-Control': 'must-revalidate, max-age=60, stale-while-revalidate=600' }), 61, false],
    ['4.1 Vary: *', () => ({ 'Cache-Control': 'max-age=60', Vary: '*' }), 0, false],
    ['4.1 Vary: * in a list', () => ({ 'Cache-Control': 'max-age=60', Vary: 'Accept, *' }), 0, false],
    ['4.1 Vary by what is in the key', () => ({ 'Cache-Control': 'max-age=60', Vary: 'Authorization, X-Tenant-ID' }), 30, true],
    ['4.1 Vary by what is always the same', () => ({ 'Cache-Control': 'max-age=60', Vary: 'Accept-Encoding, Accept, Accept-Language' }), 30, true],
    ['4.1 Vary by what never is', () => ({ 'Cache-Control': 'max-age=60', Vary: 'Accept, Traceparent' }), 0, false],
    ['RFC 5861 3: stale-while-revalidate', () => ({ 'Cache-Control': 'max-age=60, stale-while-revalidate=30' }), 80, true],
    ['RFC 5861 3: and no longer', () => ({ 'Cache-Control': 'max-age=60, stale-while-revalidate=30' }), 91, false],
    ['RFC 5861 3: not against no-cache', () => ({ 'Cache-Control': 'no-cache, stale-while-revalidate=30' }), 0, false],
  ])('A7 %s', async (_, headers, afterSeconds, used) => {
    const { state, httpTime, tier, pass } = await createCachedWorld(world);
    state.headers = headers(httpTime);
    expect(tierOf(await tier())).toBe('v1');
    pass(afterSeconds);
    expect(tierOf(await tier())).toBe(used ? 'v1' : 'v2');
  }); // prettier-ignore

  test('A7 a copy says its age, and keeps its entity tag; an answer of the upstream has none', async () => {
    const { state, tier, pass } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60', Age: '5', ETag: '"e"' };
    expect(await tier()).toEqual({ kind: 'value', value: { tier: 'v1' }, etag: '"e"' });
    pass(20);
    const outcome = await tier();
    expect(outcome).toEqual({
      kind: 'value', value: { tier: 'v1' }, etag: '"e"', ageMs: expect.any(Number), cache: 'hit',
    }); // prettier-ignore
    const { ageMs = 0 } = outcome as { ageMs?: number };
    expect(ageMs).toBeGreaterThanOrEqual(25_000);
    expect(ageMs).toBeLessThan(27_000);
  });

  test.each([404, 410, 403, 500, 503, 429, 204])('A7 status %i is never kept', async (status) => {
    const { state, tier, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60' };
    state.answer = status;
    await tier();
    state.answer = 'value';
    expect(tierOf(await tier())).toBe('v1');
    expect(seen).toHaveLength(2);
  });

  test('A7 A8 nor is an answer of the wrong form', async () => {
    const { state, tier } = await createCachedWorld(world);
    state.answer = (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'max-age=60' });
      response.end('{"tier":7}');
    };
    expect(await tier()).toEqual({ kind: 'failed', reason: 'bad-response' });
    state.answer = 'value';
    expect(tierOf(await tier())).toBe('v1');
  });
});

describe('A7 whose copy it is', () => {
  test.each([
    ['tenant', { tenant: 'globex' as TenantId }],
    ['identity', { identityKey: 'bob' }],
  ])('A7 T1 another %s gets neither a fresh nor a stale copy', async (_, scope) => {
    const { state, tier } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60, stale-if-error=60' };
    await tier();
    expect(tierOf(await tier(scope))).toBe('v2');
    expect(tierOf(await tier())).toBe('v1');
    const other = await createCachedWorld(world);
    other.state.headers = state.headers;
    await other.tier();
    other.state.answer = 500;
    expect(await other.tier(scope)).toEqual({ kind: 'failed', reason: 'error' });
  });

  test('A7 another token of the same identity gets it', async () => {
    const { state, tier } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60' };
    await tier();
    expect(tierOf(await tier({ bearerFor: () => 'renewed' }))).toBe('v1');
  });

  test('A7 another path, query or service is another copy', async () => {
    const { state, clients, alice, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60' };
    await clients.loyalty.tier(alice(), 'alice');
    await clients.loyalty.tier(alice(), 'bob');
    await clients.notification.unreadCount(alice(), 'alice');
    await clients.user.preferences(alice(), 'alice');
    expect(seen).toHaveLength(4);
  });

  test('A7 maxBytes 0 switches it off', async () => {
    const { state, rig, alice, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60' };
    const { clients } = rig({ cache: { maxBytes: 0 } });
    await clients.loyalty.tier(alice(), 'alice');
    await clients.loyalty.tier(alice(), 'alice');
    expect(seen).toHaveLength(2);
  });
});

describe('A7 RFC 9111, section 4.3: confirmation', () => {
  const validators = (at: At): Headers => ({ ETag: '"e1"', 'Last-Modified': at(-900) });

  test('A7 4.3.1 a stale copy is asked about with its validators, and 304 makes it fresh again', async () => {
    const { state, httpTime, tier, pass, seen, metric } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60', ...validators(httpTime) };
    await tier();
    pass(61);
    state.answer = 'confirm';
    const confirmed = await tier();
    expect(confirmed).toEqual({
      kind: 'value', value: { tier: 'v1' }, etag: '"e1"', cache: 'confirmed',
    }); // prettier-ignore
    expect(seen[1]).toMatchObject({
      'if-none-match': '"e1"',
      'if-modified-since': state.headers['Last-Modified'],
    });
    pass(50);
    expect(tierOf(await tier())).toBe('v1');
    expect(seen).toHaveLength(2);
    const count = (event: string) =>
      metric('bff_upstream_events_total', { upstream: 'loyalty', operation: 'tier', event });
    expect([await count('confirmed'), await count('hit')]).toEqual([1, 1]);
  });

  test.each<[string, Headers]>([
    ['a weak entity tag', { ETag: 'W/"e1"' }],
    ['Last-Modified alone', { 'Last-Modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }],
  ])('A7 4.3.2 %s will do, also under no-cache', async (_, headers) => {
    const { state, tier, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'no-cache', ...headers };
    await tier();
    state.answer = 'confirm';
    expect(tierOf(await tier())).toBe('v1');
    expect(tierOf(await tier())).toBe('v1');
    expect(seen).toHaveLength(3);
  });

  test('A7 4.3.3 a new answer takes the place of the copy', async () => {
    const { state, httpTime, tier, pass } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60', ...validators(httpTime) };
    await tier();
    pass(61);
    expect(tierOf(await tier())).toBe('v2');
    expect(tierOf(await tier())).toBe('v2');
  });

  test('A7 4.3.4 the fields of a 304 take the place of those of the copy; what it does not name stays', async () => {
    const { state, tier, pass, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60', ETag: 'W/"e1"' };
    await tier();
    pass(61);
    state.answer = 'confirm';
    state.headers = { 'Cache-Control': 'max-age=600', ETag: 'W/"e2"' };
    await tier();
    pass(500);
    expect(tierOf(await tier())).toBe('v1');
    pass(101);
    state.headers = {};
    await tier();
    expect(seen).toHaveLength(3);
    expect(seen[2]).toMatchObject({ 'if-none-match': 'W/"e2"' });
    pass(500);
    expect(tierOf(await tier())).toBe('v1');
    expect(seen).toHaveLength(3);
  });

  test('A7 4.3.4 a 304 with another strong entity tag confirms something else, which is not asked for again', async () => {
    const { state, tier, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'no-cache', ETag: '"e1"' };
    await tier();
    state.answer = 'confirm';
    state.headers = { ETag: '"e2"' };
    expect(await tier()).toEqual({ kind: 'failed', reason: 'bad-response' });
    expect(tierOf(await tier())).toBe('v2');
    expect(seen[2]).not.toHaveProperty('if-none-match');
  });

  test('A7 a 304 that says no-store ends the copy', async () => {
    const { state, tier, pass, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60', ETag: '"e1"' };
    await tier();
    pass(61);
    state.answer = 'confirm';
    state.headers = { 'Cache-Control': 'no-store' };
    expect(tierOf(await tier())).toBe('v1');
    await tier();
    expect(seen[2]).not.toHaveProperty('if-none-match');
  });

  test('A7 a 304 that nobody asked for is a bad response', async () => {
    const { state, tier } = await createCachedWorld(world);
    state.answer = 304;
    expect(await tier()).toEqual({ kind: 'failed', reason: 'bad-response' });
  });

  test('A4 A7 a 304 is a success to the breaker', async () => {
    const { state, rig, alice } = await createCachedWorld(world);
    const { clients } = rig({ breakers: { 'loyalty.tier': { consecutiveFailures: 2 } } });
    state.headers = { 'Cache-Control': 'no-cache', ETag: '"e1"' };
    for (const answer of ['value', 500, 'confirm', 500, 'confirm'] as const) {
      state.answer = answer;
      await clients.loyalty.tier(alice(), 'alice');
    }
    expect(clients.breakers().every(({ state: each }) => each === 'closed')).toBe(true);
  });
});

describe('A7 RFC 5861, section 4: a copy stands in for a failure', () => {
  const dead: Answer = (response) => response.socket?.resetAndDestroy();
  const garbage: Answer = (response) => void response.writeHead(200).end('x');

  test.each<[rule: string, headers: Headers, afterSeconds: number, answer: Answer, standsIn: boolean]>([
    ['status 500', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, 500, true],
    ['status 502', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, 502, true],
    ['status 503', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, 503, true],
    ['status 504', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, 504, true],
    ['status 429', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, 429, true],
    ['a connection that failed', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, dead, true],
    ['a bad response', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, garbage, true],
    ['for no longer than it says', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 62, 500, false],
    ['not with stale-if-error=0', { 'Cache-Control': 'max-age=1, stale-if-error=0' }, 2, 500, false],
    ['by default for ten minutes', { 'Cache-Control': 'max-age=1' }, 600, 500, true],
    ['by default for no longer', { 'Cache-Control': 'max-age=1' }, 602, 500, false],
    ['by default when nothing is said at all', {}, 599, 500, true],
    ['not against no-store', { 'Cache-Control': 'no-store, stale-if-error=60' }, 0, 500, false],
    ['RFC 9111 5.2.2.2: never against must-revalidate', { 'Cache-Control': 'max-age=1, must-revalidate, stale-if-error=60' }, 2, 500, false],
    ['RFC 9111 4.2.4: nor against no-cache', { 'Cache-Control': 'no-cache, stale-if-error=60', ETag: '"e"' }, 0, 500, false],
    ['RFC 9111 5.2.2.8: proxy-revalidate is not for us', { 'Cache-Control': 'max-age=1, proxy-revalidate, stale-if-error=60' }, 2, 500, true],
    ['not after 404: what is gone stays gone', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 2, 404, false],
  ])('A7 %s', async (_, headers, afterSeconds, answer, standsIn) => {
    const { state, tier, pass } = await createCachedWorld(world);
    state.headers = headers;
    await tier();
    pass(afterSeconds);
    state.answer = answer;
    const outcome = await tier();
    expect(outcome.kind).not.toBe('value');
    const stale = { value: { tier: 'v1' }, ageMs: expect.any(Number) };
    if (standsIn) expect(outcome).toMatchObject({ kind: 'failed', stale });
    else expect(outcome).not.toHaveProperty('stale');
  }); // prettier-ignore

  test.each<[Headers]>([[{}], [{ 'Cache-Control': 'max-age=1' }]])(
    'A7 A8 with %j it has no member that is none of the model',
    async (headers) => {
      const { state, tier, pass } = await createCachedWorld(world);
      state.answer = (response) => {
        response.setHeaders(new Map(Object.entries(headers)));
        sendJson(response, { tier: 'v1', staff: 'only' });
      };
      await tier();
      pass(30);
      state.answer = 500;
      const outcome = await tier();
      expect((outcome as { stale?: { value: unknown } }).stale?.value).toEqual({ tier: 'v1' });
    },
  );

  test('A7 it says its age, and the failure its reason and wish', async () => {
    const { state, tier, pass } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=1' };
    await tier();
    pass(30);
    state.answer = 503;
    state.headers = { 'Retry-After': '7' };
    const outcome = await tier();
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'error', retryAfterMs: 7_000 });
    const { ageMs = 0 } = (outcome as { stale?: { ageMs: number } }).stale ?? {};
    expect(ageMs).toBeGreaterThanOrEqual(30_000);
    expect(ageMs).toBeLessThan(32_000);
  });

  test("A2 A7 a hang: the copy comes before the caller's own time is up", async () => {
    const { state, tier } = await createCachedWorld(world);
    await tier();
    state.answer = () => undefined;
    const startedAt = performance.now();
    const outcome = await tier({ ms: 200 });
    expect(performance.now() - startedAt).toBeLessThan(200);
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'timeout', stale: { value: { tier: 'v1' } } });
  });

  test('A4 A7 an open breaker, and no call', async () => {
    const { state, rig, alice, seen } = await createCachedWorld(world);
    const { clients, metric } = rig({ breakers: { 'loyalty.tier': { consecutiveFailures: 1 } } });
    await clients.loyalty.tier(alice(), 'alice');
    state.answer = 500;
    await clients.loyalty.tier(alice(), 'alice');
    const outcome = await clients.loyalty.tier(alice(), 'alice');
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'open', stale: { value: { tier: 'v1' } } });
    expect(seen).toHaveLength(2);
    const labels = { upstream: 'loyalty', operation: 'tier', event: 'stale' };
    expect(await metric('bff_upstream_events_total', labels)).toBe(2);
  });

  test('A7 403: what an identity may not see any more does not come back when the upstream fails', async () => {
    const { state, tier } = await createCachedWorld(world);
    await tier();
    for (const answer of [403, 500]) {
      state.answer = answer;
      expect(await tier()).not.toHaveProperty('stale');
    }
  });

  test('A7 the setting: 0 keeps only what the upstream allows', async () => {
    const { state, rig, alice } = await createCachedWorld(world);
    const { clients } = rig({ cache: { staleIfErrorMs: 0 } });
    await clients.loyalty.tier(alice(), 'alice');
    state.answer = 500;
    expect(await clients.loyalty.tier(alice(), 'alice')).not.toHaveProperty('stale');
  });

  test('A3 a client that hung up gets none', async () => {
    const { tier } = await createCachedWorld(world);
    await tier();
    expect(await tier({ signal: AbortSignal.abort() })).toEqual({ kind: 'aborted' });
  });
});

describe('A7 RFC 5861, section 3: renewal behind the answer', () => {
  test('A7 the old one at once, one call behind it however many ask, then the new one', async () => {
    const { state, tier, pass, asked, seen, metric } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60, stale-while-revalidate=60', ETag: '"e"' };
    await tier();
    pass(90);
    const all = await Promise.all(Array.from({ length: 20 }, () => tier()));
    expect(new Set(all.map(tierOf))).toEqual(new Set(['v1']));
    await asked(2);
    await until(async () => tierOf(await tier()) === 'v2');
    expect(seen).toHaveLength(2);
    expect(seen[1]).toHaveProperty('if-none-match', '"e"');
    const count = (event: string) =>
      metric('bff_upstream_events_total', { upstream: 'loyalty', operation: 'tier', event });
    expect(await count('renewed')).toBeGreaterThanOrEqual(20);
    // Nobody waits for it who would have to be told.
    expect(await count('collapsed')).toBeUndefined();
  });

  test('A3 A7 it does not end with the request that began it, nor with its time', async () => {
    const { state, tier, pass, asked } = await createCachedWorld(world);
    const client = new AbortController();
    state.headers = { 'Cache-Control': 'max-age=60, stale-while-revalidate=60' };
    await tier();
    pass(90);
    let answer: () => void = () => undefined;
    state.answer = (response) =>
      void (answer = () => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'max-age=600' });
        response.end('{"tier":"late"}');
      });
    expect(tierOf(await tier({ ms: 5, signal: client.signal }))).toBe('v1');
    client.abort();
    await asked(2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer();
    await until(async () => tierOf(await tier()) === 'late');
  });

  test('A7 one that fails changes nothing, and the next one tries again', async () => {
    const { state, tier, pass, asked } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60, stale-while-revalidate=60' };
    await tier();
    pass(90);
    state.answer = 500;
    expect(tierOf(await tier())).toBe('v1');
    await asked(2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(tierOf(await tier())).toBe('v1');
    await asked(3);
  });
});

describe('A7 RFC 9111, section 4.4: who writes reads what it wrote', () => {
  const fresh = { 'Cache-Control': 'max-age=600', ETag: '"e"' };

  test('A7 a write makes every copy of its identity and service need confirmation', async () => {
    const { state, clients, alice, seen } = await createCachedWorld(world);
    state.headers = fresh;
    await clients.notification.unreadCount(alice(), 'alice');
    await clients.loyalty.tier(alice(), 'alice');
    await clients.notification.markRead(alice(), 'n1');
    await clients.notification.unreadCount(alice(), 'alice');
    expect(seen).toHaveLength(4);
    expect(seen[3]).toHaveProperty('if-none-match', '"e"');
    await clients.notification.unreadCount(alice(), 'alice');
    await clients.loyalty.tier(alice(), 'alice');
    expect(seen).toHaveLength(4);
  });

  test('A7 another identity keeps its copies', async () => {
    const { state, clients, alice, seen } = await createCachedWorld(world);
    state.headers = fresh;
    await clients.user.preferences(alice({ identityKey: 'bob' }), 'bob');
    await clients.user.patchPreferences(alice(), 'alice', { theme: 'dark' });
    await clients.user.preferences(alice({ identityKey: 'bob' }), 'bob');
    expect(seen).toHaveLength(2);
  });

  test('A7 a write that failed may have been done: it counts, also against stale copies', async () => {
    const { state, clients, alice } = await createCachedWorld(world);
    state.headers = fresh;
    await clients.user.preferences(alice(), 'alice');
    state.answer = 500;
    await clients.user.patchPreferences(alice(), 'alice', { theme: 'dark' });
    expect(await clients.user.preferences(alice(), 'alice')).toEqual({ kind: 'failed', reason: 'error' });
  });

  test('A7 a read that was under way during the write leaves no copy', async () => {
    const { state, clients, alice, seen, asked } = await createCachedWorld(world);
    let answer: () => void = () => undefined;
    state.answer = (response) =>
      void (answer = () => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'max-age=600' });
        response.end('{"theme":"old"}');
      });
    const slow = clients.user.preferences(alice(), 'alice');
    await asked(1);
    state.answer = 'value';
    await clients.user.patchPreferences(alice(), 'alice', { theme: 'dark' });
    answer();
    expect(await slow).toMatchObject({ value: { theme: 'old' } });
    expect(await clients.user.preferences(alice(), 'alice')).toMatchObject({ value: { version: 'v2' } });
    expect(seen).toHaveLength(3);
  });
});

test.each([
  [{ maxBytes: -1 }, 'maxBytes'],
  [{ maxBytes: 1_000 }, 'must be 0 or at least 262144'],
  [{ staleIfErrorMs: -1 }, 'staleIfErrorMs'],
  [{ maxByte: 1 } as object, 'maxByte'],
])('A7 the settings %j are refused at construction', (cache, message) => {
  expect(() => world.clients('http://127.0.0.1:1', { cache })).toThrow(message);
});
