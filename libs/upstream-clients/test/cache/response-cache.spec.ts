import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Deadline, type Outcome, type TenantId } from '@bff/service-kit';
import { until } from '@bff/testbed';
import { createCachedWorld, type Answer, type Headers } from './cached-world.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, otherId, ownerId, thingId } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const labelOf = (outcome: Outcome<{ label: string }>) =>
  outcome.kind === 'value' ? outcome.value.label : outcome;
type At = (seconds: number) => string;

describe('A7 RFC 9111: reuse of a cache entry without a call', () => {
  const rows: readonly [circumstance: string, headers: (at: At) => Headers, afterSeconds: number, isReused: boolean][] = [
    ['4.2 when the age is below max-age', () => ({ 'Cache-Control': 'max-age=60' }), 58, true],
    ['4.2 when the age is above max-age', () => ({ 'Cache-Control': 'max-age=60' }), 61, false],
    ['4.2.2 when no field gives a freshness lifetime, because no heuristic is used', () => ({}), 0, false],
    ['4.2.2 when only Last-Modified is set', (at) => ({ 'Last-Modified': at(-1e6) }), 0, false],
    ['4.2.1 when max-age is set beside a past Expires', (at) => ({ 'Cache-Control': 'max-age=60', Expires: at(-10) }), 30, true],
    ['4.2.1 when a short max-age is set beside a later Expires', (at) => ({ 'Cache-Control': 'max-age=1', Expires: at(900) }), 30, false],
    ['5.3 when the time from Date to Expires has not elapsed', (at) => ({ Expires: at(60) }), 58, true],
    ['5.3 when the time from Date to Expires has elapsed', (at) => ({ Expires: at(60) }), 62, false],
    ['5.3 when Expires is 0', () => ({ Expires: '0' }), 0, false],
    ['5.3 when Expires has no zone and is not a date', () => ({ Expires: 'Thu, 18 Aug 2050 02:01:18' }), 0, false],
    ['5.3 when Expires has the form of RFC 850', () => ({ Expires: 'Thursday, 18-Aug-49 02:01:18 GMT' }), 60, true],
    ['5.3 when Expires has the form of asctime', () => ({ Expires: 'Thu Aug 18 02:01:18 2050' }), 60, true],
    ['5.1 when Age leaves a part of max-age', () => ({ 'Cache-Control': 'max-age=60', Age: '50' }), 5, true],
    ['5.1 when Age and the elapsed time together exceed max-age', () => ({ 'Cache-Control': 'max-age=60', Age: '50' }), 11, false],
    ['5.1 when Age is a list whose first member is above max-age', () => ({ 'Cache-Control': 'max-age=60', Age: '70, 0' }), 0, false],
    ['5.1 when Age is not a number', () => ({ 'Cache-Control': 'max-age=60', Age: '-1' }), 30, true],
    ['4.2.3 when Date is in the past, which counts as age', (at) => ({ 'Cache-Control': 'max-age=60', Date: at(-55) }), 10, false],
    ['4.2.3 when Date is in the future, which does not count', (at) => ({ 'Cache-Control': 'max-age=60', Date: at(500) }), 61, false],
    ['5.2.2.1 when max-age is 0', () => ({ 'Cache-Control': 'max-age=0' }), 0, false],
    ['4.2.1 when max-age is not a number', () => ({ 'Cache-Control': 'max-age=soon' }), 0, false],
    ['4.2.1 when max-age is negative', () => ({ 'Cache-Control': 'max-age=-60' }), 0, false],
    ['4.2.1 when max-age is a fraction', () => ({ 'Cache-Control': 'max-age=60.5' }), 0, false],
    ['5.2 when max-age has spaces around its equals sign', () => ({ 'Cache-Control': 'max-age = 60' }), 0, false],
    ['5.2 when max-age has the quoted form', () => ({ 'Cache-Control': 'max-age="60"' }), 58, true],
    ['5.2 when max-age is in mixed case', () => ({ 'Cache-Control': 'Max-AGE=60' }), 58, true],
    ['5.2 when max-age is inside a quoted string', () => ({ 'Cache-Control': 'ext="x, max-age=60"' }), 0, false],
    ['5.2.3 when other directives are unknown', () => ({ 'Cache-Control': 'frobnicate, max-age=60, x=1' }), 58, true],
    ['4.2.1 when max-age comes twice and 1 is first', () => ({ 'Cache-Control': 'max-age=1, max-age=600' }), 30, false],
    ['1.2.2 when max-age has 40 digits', () => ({ 'Cache-Control': `max-age=${'9'.repeat(40)}` }), 9_999, true],
    ['5.2 when Cache-Control comes in two lines', () => ({ 'Cache-Control': ['private', 'max-age=60'] }), 58, true],
    ['5.2.2.5 when no-store is set', () => ({ 'Cache-Control': 'no-store, max-age=60' }), 0, false],
    ['5.2.2.3 when must-understand is set with no-store', () => ({ 'Cache-Control': 'must-understand, no-store, max-age=60' }), 30, true],
    ['5.2.2.4 when no-cache is set', () => ({ 'Cache-Control': 'no-cache, max-age=60' }), 0, false],
    ['5.2.2.4 when no-cache is set for one field', () => ({ 'Cache-Control': 'no-cache="x", max-age=60' }), 0, false],
    ['5.2.2.7 when private is set, because each entry belongs to one identity', () => ({ 'Cache-Control': 'private, max-age=60' }), 30, true],
    ['5.2.2.9 when public is set', () => ({ 'Cache-Control': 'public, max-age=60' }), 30, true],
    ['5.2.2.10 when only s-maxage is set, which is for shared caches', () => ({ 'Cache-Control': 's-maxage=60' }), 0, false],
    ['5.2.2.10 when s-maxage is 0 beside a max-age', () => ({ 'Cache-Control': 's-maxage=0, max-age=60' }), 30, true],
    ['5.2.2.2 when must-revalidate is set and the entry is fresh', () => ({ 'Cache-Control': 'must-revalidate, max-age=60' }), 30, true],
    ['5.2.2.2 when must-revalidate is set and the entry is stale', () => ({ 'Cache-Control': 'must-revalidate, max-age=60, stale-while-revalidate=600' }), 61, false],
    ['4.1 when Vary is a star', () => ({ 'Cache-Control': 'max-age=60', Vary: '*' }), 0, false],
    ['4.1 when Vary has a star in a list', () => ({ 'Cache-Control': 'max-age=60', Vary: 'Accept, *' }), 0, false],
    ['4.1 when Vary names fields that follow from the key', () => ({ 'Cache-Control': 'max-age=60', Vary: 'Authorization, X-Tenant-ID' }), 30, true],
    ['4.1 when Vary names fields that are always the same', () => ({ 'Cache-Control': 'max-age=60', Vary: 'Accept-Encoding, Accept, Accept-Language' }), 30, true],
    ['4.1 when Vary names a field that differs in each call', () => ({ 'Cache-Control': 'max-age=60', Vary: 'Accept, Traceparent' }), 0, false],
    ['5.2.3 and RFC 5861 3 when the stale-while-revalidate time has not elapsed', () => ({ 'Cache-Control': 'max-age=60, stale-while-revalidate=30' }), 80, true],
    ['5.2.3 and RFC 5861 3 when the stale-while-revalidate time has elapsed', () => ({ 'Cache-Control': 'max-age=60, stale-while-revalidate=30' }), 91, false],
    ['5.2.3 and RFC 5861 3 when stale-while-revalidate comes with no-cache', () => ({ 'Cache-Control': 'no-cache, stale-while-revalidate=30' }), 0, false],
  ]; // prettier-ignore

  test.each(
    rows.map(([circumstance, headers, afterSeconds, isReused]) => {
      const result = `the cache entry is ${isReused ? 'reused' : 'not reused'} after ${afterSeconds} s`;
      return [`${circumstance}, ${result}`, headers, afterSeconds, isReused] as const;
    }),
  )('A7 RFC 9111 %s', async (_, headers, afterSeconds, isReused) => {
    const { state, httpTime, label, pass } = await createCachedWorld(world);
    state.headers = headers(httpTime);
    expect(labelOf(await label())).toBe('v1');
    pass(afterSeconds);
    expect(labelOf(await label())).toBe(isReused ? 'v1' : 'v2');
  });

  test('A7 a reused cache entry has its age and its entity tag, and an answer of the upstream has no age', async () => {
    const { state, label, pass } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60', Age: '5', ETag: '"e"' };
    expect(await label()).toEqual({ kind: 'value', value: { label: 'v1' }, etag: '"e"' });
    pass(20);
    const outcome = await label();
    expect(outcome).toEqual({
      kind: 'value',
      value: { label: 'v1' },
      etag: '"e"',
      ageMs: expect.any(Number),
      cache: 'hit',
    });
    const { ageMs = 0 } = outcome as { ageMs?: number };
    expect(ageMs).toBeGreaterThanOrEqual(25_000);
    expect(ageMs).toBeLessThan(27_000);
  });

  test.each([404, 410, 403, 500, 503, 429, 204])(
    'A7 an answer with status %i is never stored',
    async (status) => {
      const { state, label, seen } = await createCachedWorld(world);
      state.headers = { 'Cache-Control': 'max-age=60' };
      state.answer = status;
      await label();
      state.answer = 'value';
      expect(labelOf(await label())).toBe('v1');
      expect(seen).toHaveLength(2);
    },
  );

  test('A7 A8 an answer that does not match its schema is never stored', async () => {
    const { state, label } = await createCachedWorld(world);
    state.answer = (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'max-age=60' });
      response.end('{"label":7}');
    };
    expect(await label()).toEqual({ kind: 'failed', reason: 'bad-response' });
    state.answer = 'value';
    expect(labelOf(await label())).toBe('v1');
  });
});

describe('A7 the identity that a cache entry belongs to', () => {
  test.each([
    ['tenant', { tenant: 't2' as TenantId }],
    ['identity', { identityKey: 'u2' }],
  ])('A7 T1 a call of another %s gets neither a fresh nor a stale entry', async (_, scope) => {
    const { state, label } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60, stale-if-error=60' };
    await label();
    expect(labelOf(await label(scope))).toBe('v2');
    expect(labelOf(await label())).toBe('v1');
    const other = await createCachedWorld(world);
    other.state.headers = state.headers;
    await other.label();
    other.state.answer = 500;
    expect(await other.label(scope)).toEqual({ kind: 'failed', reason: 'error' });
  });

  test('A7 a call of the same identity with another token gets the stored entry', async () => {
    const { state, label } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60' };
    await label();
    expect(labelOf(await label({ bearerFor: () => 'renewed' }))).toBe('v1');
  });

  test('A7 reads of different paths or services have different cache entries', async () => {
    const { state, clients, u1Scope, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60' };
    await clients.other.read(u1Scope(), { otherId });
    await clients.other.read(u1Scope(), { otherId: 'other-2' });
    await clients.thing.count(u1Scope(), { ownerId });
    await clients.thing.settings(u1Scope(), { thingId });
    expect(seen).toHaveLength(4);
  });

  test('A7 with the setting maxBytes 0, the cache stores nothing', async () => {
    const { state, rig, u1Scope, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60' };
    const { clients } = rig({ cache: { maxBytes: 0 } });
    await clients.other.read(u1Scope(), { otherId });
    await clients.other.read(u1Scope(), { otherId });
    expect(seen).toHaveLength(2);
  });
});

describe('A7 RFC 9111, section 4.3: validation', () => {
  const validators = (at: At): Headers => ({ ETag: '"e1"', 'Last-Modified': at(-900) });

  test('A7 RFC 9111 4.3.1 the request for a stale entry has the validators of the entry, and a 304 makes the entry fresh again', async () => {
    const { state, httpTime, label, pass, seen, metric } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60', ...validators(httpTime) };
    await label();
    pass(61);
    state.answer = 'confirm';
    const confirmed = await label();
    expect(confirmed).toMatchObject({
      kind: 'value',
      value: { label: 'v1' },
      etag: '"e1"',
      cache: 'confirmed',
    });
    expect(seen[1]).toMatchObject({
      'if-none-match': '"e1"',
      'if-modified-since': state.headers['Last-Modified'],
    });
    pass(50);
    expect(labelOf(await label())).toBe('v1');
    expect(seen).toHaveLength(2);
    const count = (event: string) =>
      metric('bff_upstream_events_total', { upstream: 'other', operation: 'read', event });
    expect([await count('confirmed'), await count('hit')]).toEqual([1, 1]);
  });

  test.each<[string, Headers]>([
    ['a weak entity tag', { ETag: 'W/"e1"' }],
    ['Last-Modified alone', { 'Last-Modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }],
  ])(
    'A7 RFC 9111 4.3.2 %s is enough to confirm an entry, even if the entry has no-cache',
    async (_, headers) => {
      const { state, label, seen } = await createCachedWorld(world);
      state.headers = { 'Cache-Control': 'no-cache', ...headers };
      await label();
      state.answer = 'confirm';
      expect(labelOf(await label())).toBe('v1');
      expect(labelOf(await label())).toBe('v1');
      expect(seen).toHaveLength(3);
    },
  );

  test('A7 RFC 9111 4.3.3 a complete answer to a conditional request replaces the entry', async () => {
    const { state, httpTime, label, pass } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60', ...validators(httpTime) };
    await label();
    pass(61);
    expect(labelOf(await label())).toBe('v2');
    expect(labelOf(await label())).toBe('v2');
  });

  test('A7 RFC 9111 4.3.4 the header fields of a 304 replace those of the entry, and fields that the 304 does not have are kept', async () => {
    const { state, label, pass, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60', ETag: 'W/"e1"' };
    await label();
    pass(61);
    state.answer = 'confirm';
    state.headers = { 'Cache-Control': 'max-age=600', ETag: 'W/"e2"' };
    await label();
    pass(500);
    expect(labelOf(await label())).toBe('v1');
    pass(101);
    state.headers = {};
    await label();
    expect(seen).toHaveLength(3);
    expect(seen[2]).toMatchObject({ 'if-none-match': 'W/"e2"' });
    pass(500);
    expect(labelOf(await label())).toBe('v1');
    expect(seen).toHaveLength(3);
  });

  test('A7 RFC 9111 4.3.4 a 304 with another strong entity tag is a bad response, and the next call is not conditional', async () => {
    const { state, label, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'no-cache', ETag: '"e1"' };
    await label();
    state.answer = 'confirm';
    state.headers = { ETag: '"e2"' };
    expect(await label()).toEqual({ kind: 'failed', reason: 'bad-response' });
    expect(labelOf(await label())).toBe('v2');
    expect(seen[2]).not.toHaveProperty('if-none-match');
  });

  test('A7 when a 304 has no-store, the entry is dropped', async () => {
    const { state, label, pass, seen } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60', ETag: '"e1"' };
    await label();
    pass(61);
    state.answer = 'confirm';
    state.headers = { 'Cache-Control': 'no-store' };
    expect(labelOf(await label())).toBe('v1');
    await label();
    expect(seen[2]).not.toHaveProperty('if-none-match');
  });

  test('A7 a 304 to a request without validators is a bad response', async () => {
    const { state, label } = await createCachedWorld(world);
    state.answer = 304;
    expect(await label()).toEqual({ kind: 'failed', reason: 'bad-response' });
  });

  test('A4 A7 the circuit breaker counts a 304 as a success', async () => {
    const { state, rig, u1Scope } = await createCachedWorld(world);
    const { clients, breakers } = rig({ breakers: { 'other.read': { consecutiveFailures: 2 } } });
    state.headers = { 'Cache-Control': 'no-cache', ETag: '"e1"' };
    for (const answer of ['value', 500, 'confirm', 500, 'confirm'] as const) {
      state.answer = answer;
      await clients.other.read(u1Scope(), { otherId });
    }
    expect(breakers().every(({ state: each }) => each === 'closed')).toBe(true);
  });
});

describe('A7 RFC 5861, section 4: a failed call serves a stale entry', () => {
  const dead: Answer = (response) => response.socket?.resetAndDestroy();
  const garbage: Answer = (response) => void response.writeHead(200).end('x');

  const rows: readonly [circumstance: string, headers: Headers, afterSeconds: number, answer: Answer, isServed: boolean][] = [
    ['when the answer is 500', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, 500, true],
    ['when the answer is 502', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, 502, true],
    ['when the answer is 503', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, 503, true],
    ['when the answer is 504', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, 504, true],
    ['when the answer is 429', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, 429, true],
    ['when the connection fails', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, dead, true],
    ['when the answer is malformed', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 60, garbage, true],
    ['when the stale-if-error time has elapsed', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 62, 500, false],
    ['when stale-if-error is 0', { 'Cache-Control': 'max-age=1, stale-if-error=0' }, 2, 500, false],
    ['when only max-age is set and ten minutes have not elapsed', { 'Cache-Control': 'max-age=1' }, 600, 500, true],
    ['when only max-age is set and ten minutes have elapsed', { 'Cache-Control': 'max-age=1' }, 602, 500, false],
    ['when no directive is set and ten minutes have not elapsed', {}, 599, 500, true],
    ['when no-store is set beside stale-if-error', { 'Cache-Control': 'no-store, stale-if-error=60' }, 0, 500, false],
    ['RFC 9111 5.2.2.2 when must-revalidate is set beside stale-if-error', { 'Cache-Control': 'max-age=1, must-revalidate, stale-if-error=60' }, 2, 500, false],
    ['RFC 9111 4.2.4 when no-cache is set beside stale-if-error', { 'Cache-Control': 'no-cache, stale-if-error=60', ETag: '"e"' }, 0, 500, false],
    ['RFC 9111 5.2.2.8 when proxy-revalidate, which is for shared caches, is set beside stale-if-error', { 'Cache-Control': 'max-age=1, proxy-revalidate, stale-if-error=60' }, 2, 500, true],
    ['when the answer is 404', { 'Cache-Control': 'max-age=1, stale-if-error=60' }, 2, 404, false],
  ]; // prettier-ignore

  test.each(
    rows.map(([circumstance, headers, afterSeconds, answer, isServed]) => {
      const result = `the entry is ${isServed ? 'served' : 'not served'} stale after ${afterSeconds} s`;
      return [`${circumstance}, ${result}`, headers, afterSeconds, answer, isServed] as const;
    }),
  )('A7 %s', async (_, headers, afterSeconds, answer, isServed) => {
    const { state, label, pass } = await createCachedWorld(world);
    state.headers = headers;
    await label();
    pass(afterSeconds);
    state.answer = answer;
    const outcome = await label();
    expect(outcome.kind).not.toBe('value');
    const stale = { value: { label: 'v1' }, ageMs: expect.any(Number) };
    if (isServed) expect(outcome).toMatchObject({ kind: 'failed', stale });
    else expect(outcome).not.toHaveProperty('stale');
  });

  test.each<[Headers]>([[{}], [{ 'Cache-Control': 'max-age=1' }]])(
    'A7 A8 a stale entry of an answer with %j has no member that the schema does not name',
    async (headers) => {
      const { state, label, pass } = await createCachedWorld(world);
      state.answer = (response) => {
        response.setHeaders(new Map(Object.entries(headers)));
        sendJson(response, { label: 'v1', staff: 'only' });
      };
      await label();
      pass(30);
      state.answer = 500;
      const outcome = await label();
      expect((outcome as { stale?: { value: unknown } }).stale?.value).toEqual({ label: 'v1' });
    },
  );

  test('A7 when a stale entry is served, the outcome has the age of the entry, and the reason and Retry-After of the failed call', async () => {
    const { state, label, pass } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=1' };
    await label();
    pass(30);
    state.answer = 503;
    state.headers = { 'Retry-After': '7' };
    const outcome = await label();
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'error', retryAfterMs: 7_000 });
    const { ageMs = 0 } = (outcome as { stale?: { ageMs: number } }).stale ?? {};
    expect(ageMs).toBeGreaterThanOrEqual(30_000);
    expect(ageMs).toBeLessThan(32_000);
  });

  test("A2 A7 when the upstream hangs, the stale entry is served before the caller's own deadline", async () => {
    const { state, label } = await createCachedWorld(world);
    await label();
    state.answer = () => undefined;
    // Timers fire in the order of their times, however busy the machine is.
    const callersTime = delay(200, "the caller's time is up");
    const outcome = await Promise.race([label({ ms: 200 }), callersTime]);
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'timeout', stale: { value: { label: 'v1' } } });
  });

  test('A4 A7 when the breaker is open, a stale entry is served without a call', async () => {
    const { state, rig, u1Scope, seen } = await createCachedWorld(world);
    const { clients, metric } = rig({ breakers: { 'other.read': { consecutiveFailures: 1 } } });
    await clients.other.read(u1Scope(), { otherId });
    state.answer = 500;
    await clients.other.read(u1Scope(), { otherId });
    const outcome = await clients.other.read(u1Scope(), { otherId });
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'open', stale: { value: { label: 'v1' } } });
    expect(seen).toHaveLength(2);
    const labels = { upstream: 'other', operation: 'read', event: 'stale' };
    expect(await metric('bff_upstream_events_total', labels)).toBe(2);
  });

  test('A7 after a 403 the entry is dropped, so that it is not served stale when the upstream fails', async () => {
    const { state, label } = await createCachedWorld(world);
    await label();
    for (const answer of [403, 500]) {
      state.answer = answer;
      expect(await label()).not.toHaveProperty('stale');
    }
  });

  test('A7 with staleIfErrorMs 0, an entry is not served stale when the answer has no stale-if-error', async () => {
    const { state, rig, u1Scope } = await createCachedWorld(world);
    const { clients } = rig({ cache: { staleIfErrorMs: 0 } });
    await clients.other.read(u1Scope(), { otherId });
    state.answer = 500;
    expect(await clients.other.read(u1Scope(), { otherId })).not.toHaveProperty('stale');
  });

  test('A3 a call of a client that disconnected is aborted and gets no stale entry', async () => {
    const { label } = await createCachedWorld(world);
    await label();
    expect(await label({ signal: AbortSignal.abort() })).toEqual({ kind: 'aborted' });
  });
});

describe('A7 RFC 5861, section 3: revalidation in the background', () => {
  test('A7 with stale-while-revalidate, concurrent reads get the stale entry at once, and one call in the background renews the entry', async () => {
    const { state, label, pass, called, seen, metric } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60, stale-while-revalidate=60', ETag: '"e"' };
    await label();
    pass(90);
    const all = await Promise.all(Array.from({ length: 20 }, () => label()));
    expect(new Set(all.map(labelOf))).toEqual(new Set(['v1']));
    await called(2);
    await until(async () => labelOf(await label()) === 'v2');
    expect(seen).toHaveLength(2);
    expect(seen[1]).toHaveProperty('if-none-match', '"e"');
    const count = (event: string) =>
      metric('bff_upstream_events_total', { upstream: 'other', operation: 'read', event });
    expect(await count('renewed')).toBeGreaterThanOrEqual(20);
    // No caller waits for the revalidation, so none is coalesced with it.
    expect(await count('collapsed')).toBeUndefined();
  });

  test('A3 A7 a revalidation in the background continues when the client of the request that started the revalidation disconnects or the time of that request is up', async () => {
    const { state, clients, u1Scope, label, pass, called } = await createCachedWorld(world);
    const client = new AbortController();
    state.headers = { 'Cache-Control': 'max-age=60, stale-while-revalidate=60' };
    await label();
    pass(90);
    let answer: () => void = () => undefined;
    state.answer = (response) =>
      void (answer = () => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'max-age=600' });
        response.end('{"label":"late"}');
      });
    const scope = { ...u1Scope(), deadline: Deadline.after(5, client.signal) };
    expect(labelOf(await clients.other.read(scope, { otherId }))).toBe('v1');
    client.abort();
    await called(2);
    await until(() => scope.deadline.remaining() === 0);
    answer();
    await until(async () => labelOf(await label()) === 'late');
  });

  test('A7 a failed revalidation in the background leaves the entry unchanged, and the next read starts another revalidation', async () => {
    const { state, seen, label, pass, called } = await createCachedWorld(world);
    state.headers = { 'Cache-Control': 'max-age=60, stale-while-revalidate=60' };
    await label();
    pass(90);
    state.answer = 500;
    expect(labelOf(await label())).toBe('v1');
    await called(2);
    // The read after the failure has arrived starts the next one.
    await until(async () => {
      expect(labelOf(await label())).toBe('v1');
      return seen.length > 2;
    });
  });
});

describe('A7 RFC 9111, section 4.4: an identity reads its own writes', () => {
  const fresh = { 'Cache-Control': 'max-age=600', ETag: '"e"' };

  test('A7 after a write, every cache entry of the same identity and service is validated before its next use', async () => {
    const { state, clients, u1Scope, seen } = await createCachedWorld(world);
    state.headers = fresh;
    await clients.thing.count(u1Scope(), { ownerId });
    await clients.other.read(u1Scope(), { otherId });
    await clients.thing.markSeen(u1Scope(), { thingId });
    await clients.thing.count(u1Scope(), { ownerId });
    expect(seen).toHaveLength(4);
    expect(seen[3]).toHaveProperty('if-none-match', '"e"');
    await clients.thing.count(u1Scope(), { ownerId });
    await clients.other.read(u1Scope(), { otherId });
    expect(seen).toHaveLength(4);
  });

  test('A7 after a write of one identity, the cache entries of another identity stay fresh', async () => {
    const { state, clients, u1Scope, seen } = await createCachedWorld(world);
    state.headers = fresh;
    await clients.thing.settings(u1Scope({ identityKey: 'u2' }), { thingId: 'thing-2' });
    await clients.thing.changeSettings(u1Scope(), { thingId }, { body: { theme: 'dark' } });
    await clients.thing.settings(u1Scope({ identityKey: 'u2' }), { thingId: 'thing-2' });
    expect(seen).toHaveLength(2);
  });

  test('A7 after a failed write, which the upstream may have made, older entries are not served stale', async () => {
    const { state, clients, u1Scope } = await createCachedWorld(world);
    state.headers = fresh;
    await clients.thing.settings(u1Scope(), { thingId });
    state.answer = 500;
    await clients.thing.changeSettings(u1Scope(), { thingId }, { body: { theme: 'dark' } });
    expect(await clients.thing.settings(u1Scope(), { thingId })).toEqual({ kind: 'failed', reason: 'error' });
  });

  test('A7 the answer of a read that was in flight during a write is not stored', async () => {
    const { state, clients, u1Scope, seen, called } = await createCachedWorld(world);
    let answer: () => void = () => undefined;
    state.answer = (response) =>
      void (answer = () => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'max-age=600' });
        response.end('{"theme":"old"}');
      });
    const slow = clients.thing.settings(u1Scope(), { thingId });
    await called(1);
    state.answer = 'value';
    await clients.thing.changeSettings(u1Scope(), { thingId }, { body: { theme: 'dark' } });
    answer();
    expect(await slow).toMatchObject({ value: { theme: 'old' } });
    expect(await clients.thing.settings(u1Scope(), { thingId })).toMatchObject({ value: { version: 'v2' } });
    expect(seen).toHaveLength(3);
  });
});

test.each([
  [{ maxBytes: -1 }, 'maxBytes'],
  [{ maxBytes: 1_000 }, 'must be 0 or at least 262144'],
  [{ staleIfErrorMs: -1 }, 'staleIfErrorMs'],
  [{ maxByte: 1 } as object, 'maxByte'],
])(
  'A7 the cache settings %j are refused at construction, and the error names the reason',
  (cache, message) => {
    expect(() => world.clients('http://127.0.0.1:1', { cache })).toThrow(message);
  },
);
