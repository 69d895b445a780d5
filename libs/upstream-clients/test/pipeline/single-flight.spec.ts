import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { monotonicClock, type Outcome, type TenantId } from '@bff/service-kit';
import { until } from '@bff/testbed';
import fc from 'fast-check';
import type { ServiceName } from '../../src/index.ts';
import { loyaltyOperations } from '../../src/loyalty-client.ts';
import { absent } from '../../src/pipeline/outcomes.ts';
import { prepare } from '../../src/pipeline/prepare.ts';
import { RecentWrites } from '../../src/cache/recent-writes.ts';
import { withSingleFlight } from '../../src/pipeline/with-single-flight.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, requestOf, scopeOf, the, type ScopeOptions } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const alice = { identityKey: 'alice' };
const value = { kind: 'value', value: 1 } as const;
/** The same, to one who did not ask the upstream. */
const followed = { ...value, cache: 'collapsed' } as const;
const error = { kind: 'failed', reason: 'error' } as const;

/** The stage over calls that end when told to, in the order in which they were made. */
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
  const ask = (scope: ScopeOptions = {}, target = '/x', owner: string | undefined = 'acme alice user') =>
    call(requestOf({ target, owner, key: `${owner} ${target}` }), scopeOf(scope));
  const made = async (count: number) => {
    await until(() => calls.length >= count);
    return calls;
  };
  return { calls, counted, writes, ask, made, call };
}

describe('A6 identical reads at the same time', () => {
  test('A6 a thousand make one upstream call and have one answer', async () => {
    let calls = 0;
    const upstream = await world.http((_, response) => {
      calls++;
      setTimeout(() => sendJson(response, the.user), 50);
    });
    const { clients, metric } = world.clients(upstream.address);
    const all = Array.from({ length: 1_000 }, () => clients.user.profile(scopeOf(alice), 'alice'));
    const [leader, ...followers] = await Promise.all(all);
    expect(leader).toEqual({ kind: 'value', value: the.user });
    for (const outcome of followers)
      expect(outcome).toEqual({ kind: 'value', value: the.user, cache: 'collapsed' });
    expect(calls).toBe(1);
    const labels = { upstream: 'user', operation: 'profile', event: 'collapsed' };
    expect(await metric('bff_upstream_events_total', labels)).toBe(999);
  });

  test('A6 T1 a thousand by two users make two, and each user has their own answer', async () => {
    const asked: (string | undefined)[] = [];
    const upstream = await world.http(({ headers: { authorization } }, response) => {
      asked.push(authorization);
      setTimeout(() => sendJson(response, { ...the.user, name: authorization }), 50);
    });
    const { clients } = world.clients(upstream.address);
    const users = ['alice', 'bob'];
    const scopes = users.map((user) => scopeOf({ identityKey: user, bearerFor: () => user }));
    const outcomes = await Promise.all(
      Array.from({ length: 1_000 }, (_, call) => clients.user.profile(scopes[call % 2]!, 'alice')),
    );
    for (const [call, outcome] of outcomes.entries())
      expect(outcome).toMatchObject({ kind: 'value', value: { name: `Bearer ${users[call % 2]}` } });
    expect(asked.toSorted()).toEqual(['Bearer alice', 'Bearer bob']);
  });

  test.each<[string, Partial<ScopeOptions>, string, string | undefined]>([
    ['another token', { bearerFor: () => 'another' }, '/x', 'acme alice user'],
    ['another owner', {}, '/x', 'globex alice user'],
    ['another target', {}, '/x?limit=5', 'acme alice user'],
  ])('A6 T1 %s is another call', async (_, scope, target, owner) => {
    const { calls, ask } = stageOver();
    const both = [ask(), ask(scope, target, owner)];
    expect(calls).toHaveLength(2);
    calls[0]!.end(value);
    calls[1]!.end(error);
    expect(await Promise.all(both)).toEqual([value, error]);
  });

  test.each([
    ['tenant', { tenant: 'globex' as TenantId, ...alice }],
    ['identity', { identityKey: 'bob' }],
    ['token', { ...alice, bearerFor: () => 'other' }],
  ])('A6 T1 over the wire, two calls that differ in %s are two', async (_, scope) => {
    let calls = 0;
    const upstream = await world.http((__, response) => {
      calls++;
      setTimeout(() => sendJson(response, the.user), 30);
    });
    const { clients } = world.clients(upstream.address);
    await Promise.all([
      clients.user.profile(scopeOf(alice), 'alice'),
      clients.user.profile(scopeOf(scope), 'alice'),
    ]);
    expect(calls).toBe(2);
  });

  test('A6 T1 no two owners and targets are spelled alike', async () => {
    const key = async (tenant: string, identityKey: string, service: ServiceName, id: string) => {
      let seen = '';
      const operation = { ...loyaltyOperations.tier, service };
      const ask = prepare(operation, async (request) => ((seen = request.key), absent));
      await ask({ params: { id } }, scopeOf({ tenant: tenant as TenantId, identityKey }));
      return seen;
    };
    const part = fc.string({
      unit: fc.constantFrom('a', ' ', '/', '-', 'user', 'order'),
      minLength: 1,
      maxLength: 4,
    });
    const parts = fc.tuple(
      fc.constantFrom('aa', 'a-a'),
      part,
      fc.constantFrom<ServiceName>('user', 'order'),
      part,
    );
    await fc.assert(
      fc.asyncProperty(parts, parts, async (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect((await key(...one)) === (await key(...other))).toBe(same);
      }),
    );
  });

  test('A6 writes never', async () => {
    let calls = 0;
    const upstream = await world.http((_, response) => {
      calls++;
      setTimeout(() => sendJson(response, the.preferences), 30);
    });
    const { clients } = world.clients(upstream.address);
    const patch = () => clients.user.patchPreferences(scopeOf(alice), 'alice', { theme: 'dark' });
    await Promise.all([patch(), patch(), patch()]);
    expect(calls).toBe(3);
  });

  test('A6 one after the other are two calls', async () => {
    const { calls, ask } = stageOver();
    for (const index of [0, 1]) {
      const pending = ask();
      expect(calls).toHaveLength(index + 1);
      calls[index]!.end(value);
      await pending;
    }
  });

  test('A6 a read after a write does not follow one from before it', async () => {
    const { calls, ask, writes } = stageOver();
    const before = ask();
    writes.note('acme bob user', performance.now());
    const follower = ask();
    writes.note('acme alice user', performance.now());
    await new Promise((resolve) => setTimeout(resolve, 2));
    const after = ask();
    const alsoAfter = ask();
    expect(calls).toHaveLength(2);
    calls[0]!.end({ kind: 'value', value: 'old' });
    calls[1]!.end({ kind: 'value', value: 'new' });
    const values = (await Promise.all([before, follower, after, alsoAfter])).map(
      (each) => 'value' in each && each.value,
    );
    expect(values).toEqual(['old', 'old', 'new', 'new']);
  });
});

describe('A6 what happens to the leader does not happen to its followers', () => {
  test('A6 its hang-up: the first follower asks again, the others follow that one', async () => {
    const { ask, made } = stageOver();
    const client = new AbortController();
    const leader = ask({ signal: client.signal });
    const followers = Array.from({ length: 10 }, () => ask());
    client.abort();
    const calls = await made(2);
    calls[1]!.end(value);
    expect(await leader).toEqual({ kind: 'aborted' });
    expect(await Promise.all(followers)).toEqual([value, ...Array(9).fill(followed)]);
    expect(calls).toHaveLength(2);
  });

  test('A6 its error is asked about once more, and two errors are believed by all', async () => {
    const { ask, made } = stageOver();
    const all = Array.from({ length: 1_000 }, () => ask());
    (await made(1))[0]!.end(error);
    (await made(2))[1]!.end(error);
    expect(new Set(await Promise.all(all))).toEqual(new Set([error]));
    expect(await made(2)).toHaveLength(2);
  });

  test('A6 its error, when the next call has the answer', async () => {
    const { ask, made } = stageOver();
    const all = [ask(), ask(), ask()];
    (await made(1))[0]!.end(error);
    (await made(2))[1]!.end(value);
    expect(await Promise.all(all)).toEqual([error, value, followed]);
  });

  test('A6 its time-out, when the follower has time', async () => {
    const { ask, made } = stageOver();
    const all = [ask(), ask()];
    (await made(1))[0]!.end({ kind: 'failed', reason: 'timeout' });
    (await made(2))[1]!.end(value);
    expect((await Promise.all(all))[1]).toEqual(value);
  });

  test('A6 its programming error', async () => {
    const { ask, made } = stageOver();
    const [leader, follower] = [ask(), ask()];
    (await made(1))[0]!.fail(new RangeError('ours'));
    await expect(leader).rejects.toThrow(RangeError);
    (await made(2))[1]!.end(value);
    expect(await follower).toEqual(value);
  });

  test.each([{ kind: 'absent' }, { kind: 'refused', status: 403 }, value] as const)(
    'A6 an answer is the answer of all: %j',
    async (outcome) => {
      const { ask, calls } = stageOver();
      const both = [ask(), ask()];
      calls[0]!.end(outcome);
      expect(await Promise.all(both)).toEqual([outcome, outcome.kind === 'value' ? followed : outcome]);
    },
  );
});

describe('A6 what happens to a follower happens to it alone', () => {
  test('A2 A6 its time is its own', async () => {
    const { ask, calls } = stageOver();
    const leader = ask();
    expect(await ask({ ms: 30 })).toEqual({ kind: 'failed', reason: 'timeout' });
    calls[0]!.end(value);
    expect(await leader).toEqual(value);
    expect(calls).toHaveLength(1);
  });

  test('A3 A6 its hang-up leaves the leader and the others alone', async () => {
    const { ask, calls } = stageOver();
    const client = new AbortController();
    const [leader, gone, other] = [ask(), ask({ signal: client.signal }), ask()];
    client.abort();
    expect(await gone).toEqual({ kind: 'aborted' });
    calls[0]!.end(value);
    expect(await Promise.all([leader, other])).toEqual([value, followed]);
  });

  test('A11 no timer and no listener is left', async () => {
    const { ask, calls } = stageOver();
    const { signal } = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const leader = ask();
    const followers = Array.from({ length: 100 }, () => ask({ signal }));
    calls[0]!.end(value);
    await Promise.all([leader, ...followers]);
    expect(timers()).toBeLessThanOrEqual(before);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

test('A6 who wrote is remembered for 10,000 owners, and beyond that too strictly', () => {
  const writes = new RecentWrites();
  for (let i = 0; i <= 10_000; i++) writes.note(`owner ${i}`, i);
  expect(writes.allow('owner 0', 0)).toBe(false);
  expect(writes.allow('stranger', 0)).toBe(false);
  expect(writes.allow('stranger', 1)).toBe(true);
  expect(writes.allow('owner 1', 1)).toBe(false);
  expect(writes.allow('owner 10000', 10_000.5)).toBe(true);
});
