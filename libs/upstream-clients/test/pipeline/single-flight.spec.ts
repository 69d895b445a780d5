import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { monotonicClock, type Outcome, type TenantId } from '@bff/service-kit';
import { until } from '@bff/testbed';
import { RecentWrites } from '../../src/cache/recent-writes.ts';
import { withSingleFlight } from '../../src/pipeline/with-single-flight.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, requestOf, scopeOf, the, thingId, type ScopeOptions } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const u1 = { identityKey: 'u1' };
const value = { kind: 'value', value: 1 } as const;
/** The outcome of a call that was coalesced with another one. */
const followed = { ...value, cache: 'collapsed' } as const;
const error = { kind: 'failed', reason: 'error' } as const;

/** Creates the stage, and records the calls that it makes; the test settles them. */
function stageOver() {
  const calls: { end: (outcome: Outcome<unknown>) => void; fail: (error: Error) => void }[] = [];
  const counted: string[] = [];
  const writes = new RecentWrites();
  const stage = withSingleFlight({
    audience: 'x',
    writes,
    clock: monotonicClock,
    count: (event) => counted.push(event),
  });
  const call = stage<unknown>(
    (_, { deadline }) =>
      new Promise((end, fail) => {
        calls.push({ end, fail });
        deadline.signal.addEventListener('abort', () => end({ kind: 'aborted' }), { once: true });
      }),
  );
  const read = (scope: ScopeOptions = {}, target = '/x', owner: string | undefined = 't1 u1 thing') =>
    call(requestOf({ target, owner, key: `${owner} ${target}` }), scopeOf(scope));
  const made = async (count: number) => {
    await until(() => calls.length >= count);
    return calls;
  };
  return { calls, counted, writes, read, made, call };
}

describe('A6 concurrent identical reads', () => {
  test('A6 a thousand identical reads make one upstream call and share its answer', async () => {
    let calls = 0;
    const upstream = await world.http((_, response) => {
      calls++;
      setTimeout(() => sendJson(response, the.thing), 50);
    });
    const { clients, metric } = world.clients(upstream.address);
    const all = Array.from({ length: 1_000 }, () => clients.thing.read(scopeOf(u1), { thingId }));
    const [leader, ...followers] = await Promise.all(all);
    expect(leader).toEqual({ kind: 'value', value: the.thing });
    for (const outcome of followers)
      expect(outcome).toEqual({ kind: 'value', value: the.thing, cache: 'collapsed' });
    expect(calls).toBe(1);
    const labels = { upstream: 'thing', operation: 'read', event: 'collapsed' };
    expect(await metric('bff_upstream_events_total', labels)).toBe(999);
  });

  test('A6 T1 a thousand reads by two users make two upstream calls, and each user gets their own answer', async () => {
    const tokens: (string | undefined)[] = [];
    const upstream = await world.http(({ headers: { authorization } }, response) => {
      tokens.push(authorization);
      setTimeout(() => sendJson(response, { ...the.thing, title: authorization }), 50);
    });
    const { clients } = world.clients(upstream.address);
    const users = ['u1', 'u2'];
    const scopes = users.map((user) => scopeOf({ identityKey: user, bearerFor: () => user }));
    const outcomes = await Promise.all(
      Array.from({ length: 1_000 }, (_, call) => clients.thing.read(scopes[call % 2]!, { thingId })),
    );
    for (const [call, outcome] of outcomes.entries())
      expect(outcome).toMatchObject({ kind: 'value', value: { title: `Bearer ${users[call % 2]}` } });
    expect(tokens.toSorted()).toEqual(['Bearer u1', 'Bearer u2']);
  });

  test.each<[string, Partial<ScopeOptions>, string, string | undefined]>([
    ['another token', { bearerFor: () => 'another' }, '/x', 't1 u1 thing'],
    ['another tenant', {}, '/x', 't2 u1 thing'],
    ['another target', {}, '/x?limit=5', 't1 u1 thing'],
  ])('A6 T1 a read with %s is not coalesced and makes a call of its own', async (_, scope, target, owner) => {
    const { calls, read } = stageOver();
    const both = [read(), read(scope, target, owner)];
    expect(calls).toHaveLength(2);
    calls[0]!.end(value);
    calls[1]!.end(error);
    expect(await Promise.all(both)).toEqual([value, error]);
  });

  test.each([
    ['tenant', { tenant: 't2' as TenantId, ...u1 }],
    ['identity', { identityKey: 'u2' }],
    ['token', { ...u1, bearerFor: () => 'other' }],
  ])('A6 T1 two concurrent reads whose scopes differ in %s are sent as two requests', async (_, scope) => {
    let calls = 0;
    const upstream = await world.http((__, response) => {
      calls++;
      setTimeout(() => sendJson(response, the.thing), 30);
    });
    const { clients } = world.clients(upstream.address);
    await Promise.all([
      clients.thing.read(scopeOf(u1), { thingId }),
      clients.thing.read(scopeOf(scope), { thingId }),
    ]);
    expect(calls).toBe(2);
  });

  test('A6 concurrent identical writes are not coalesced: each write is sent', async () => {
    let calls = 0;
    const upstream = await world.http((_, response) => {
      calls++;
      setTimeout(() => sendJson(response, the.settings), 30);
    });
    const { clients } = world.clients(upstream.address);
    const patch = () => clients.thing.changeSettings(scopeOf(u1), { thingId }, { body: { theme: 'dark' } });
    await Promise.all([patch(), patch(), patch()]);
    expect(calls).toBe(3);
  });

  test('A6 two identical reads one after the other make two calls', async () => {
    const { calls, read } = stageOver();
    for (const index of [0, 1]) {
      const pending = read();
      expect(calls).toHaveLength(index + 1);
      calls[index]!.end(value);
      await pending;
    }
  });

  test('A6 a read after a write of the same identity is not coalesced with a read from before the write', async () => {
    const { calls, read, writes } = stageOver();
    const before = read();
    writes.note('t1 u2 thing', performance.now());
    const follower = read();
    writes.note('t1 u1 thing', performance.now());
    await new Promise((resolve) => setTimeout(resolve, 2));
    const after = read();
    const alsoAfter = read();
    expect(calls).toHaveLength(2);
    calls[0]!.end({ kind: 'value', value: 'old' });
    calls[1]!.end({ kind: 'value', value: 'new' });
    const values = (await Promise.all([before, follower, after, alsoAfter])).map(
      (each) => 'value' in each && each.value,
    );
    expect(values).toEqual(['old', 'old', 'new', 'new']);
  });
});

describe('A6 a leader that fails', () => {
  test('A6 when the leader disconnects, the first follower calls again and the others follow it', async () => {
    const { read, made } = stageOver();
    const client = new AbortController();
    const leader = read({ signal: client.signal });
    const followers = Array.from({ length: 10 }, () => read());
    client.abort();
    const calls = await made(2);
    calls[1]!.end(value);
    expect(await leader).toEqual({ kind: 'aborted' });
    expect(await Promise.all(followers)).toEqual([value, ...Array(9).fill(followed)]);
    expect(calls).toHaveLength(2);
  });

  test('A6 when the leader and the call after it fail, no further call is made, and all followers get the failure', async () => {
    const { read, made } = stageOver();
    const all = Array.from({ length: 1_000 }, () => read());
    (await made(1))[0]!.end(error);
    (await made(2))[1]!.end(error);
    expect(new Set(await Promise.all(all))).toEqual(new Set([error]));
    expect(await made(2)).toHaveLength(2);
  });

  test('A6 when the leader fails and the next call succeeds, all followers get its value', async () => {
    const { read, made } = stageOver();
    const all = [read(), read(), read()];
    (await made(1))[0]!.end(error);
    (await made(2))[1]!.end(value);
    expect(await Promise.all(all)).toEqual([error, value, followed]);
  });

  test('A6 when the leader times out, a follower with time left calls again', async () => {
    const { read, made } = stageOver();
    const all = [read(), read()];
    (await made(1))[0]!.end({ kind: 'failed', reason: 'timeout' });
    (await made(2))[1]!.end(value);
    expect((await Promise.all(all))[1]).toEqual(value);
  });

  test('A6 when the leader rejects, only the leader rejects and the follower calls again', async () => {
    const { read, made } = stageOver();
    const [leader, follower] = [read(), read()];
    (await made(1))[0]!.fail(new RangeError('ours'));
    await expect(leader).rejects.toThrow(RangeError);
    (await made(2))[1]!.end(value);
    expect(await follower).toEqual(value);
  });

  test.each([{ kind: 'absent' }, { kind: 'refused', status: 403 }, value] as const)(
    'A6 when the outcome of the leader is %j, its followers get the same outcome',
    async (outcome) => {
      const { read, calls } = stageOver();
      const both = [read(), read()];
      calls[0]!.end(outcome);
      expect(await Promise.all(both)).toEqual([outcome, outcome.kind === 'value' ? followed : outcome]);
    },
  );
});

describe('A6 a follower that ends early', () => {
  test('A2 A6 when the time of a follower is up, only the follower times out', async () => {
    const { read, calls } = stageOver();
    const leader = read();
    expect(await read({ ms: 30 })).toEqual({ kind: 'failed', reason: 'timeout' });
    calls[0]!.end(value);
    expect(await leader).toEqual(value);
    expect(calls).toHaveLength(1);
  });

  test('A3 A6 when the client of a follower disconnects, the leader and the other followers continue', async () => {
    const { read, calls } = stageOver();
    const client = new AbortController();
    const [leader, gone, other] = [read(), read({ signal: client.signal }), read()];
    client.abort();
    expect(await gone).toEqual({ kind: 'aborted' });
    calls[0]!.end(value);
    expect(await Promise.all([leader, other])).toEqual([value, followed]);
  });

  test('A11 after a call with a hundred followers, no timer and no listener is left', async () => {
    const { read, calls } = stageOver();
    const { signal } = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const leader = read();
    const followers = Array.from({ length: 100 }, () => read({ signal }));
    calls[0]!.end(value);
    await Promise.all([leader, ...followers]);
    expect(timers()).toBeLessThanOrEqual(before);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

test('A6 the single flight remembers the writes of up to 10,000 identities, and with more writers treats every identity as having written', () => {
  const writes = new RecentWrites();
  for (let i = 0; i <= 10_000; i++) writes.note(`owner ${i}`, i);
  expect(writes.allow('owner 0', 0)).toBe(false);
  expect(writes.allow('unknown', 0)).toBe(false);
  expect(writes.allow('unknown', 1)).toBe(true);
  expect(writes.allow('owner 1', 1)).toBe(false);
  expect(writes.allow('owner 10000', 10_000.5)).toBe(true);
});
