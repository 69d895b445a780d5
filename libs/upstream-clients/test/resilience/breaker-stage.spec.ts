import { afterEach, describe, expect, test } from '@jest/globals';
import { Deadline, type Outcome } from '@bff/service-kit';
import type { Call, CallScope } from '../../src/index.ts';
import { CircuitBreaker } from '../../src/resilience/circuit-breaker.ts';
import { breakerSettings } from '../../src/resilience/breaker-settings.ts';
import { withBreaker } from '../../src/resilience/with-breaker.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, requestOf, scopeOf, the } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const threeFailures = { breakers: { 'user.profile': { consecutiveFailures: 3 } } } as const;

/** An upstream that answers with these statuses in turn, and with the last one from then on. */
const answering = (statuses: number[]) =>
  world.http((_, response) => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    if (status === 200) return sendJson(response, the.user);
    response.writeHead(status ?? 500).end();
  });

describe('one breaker per upstream operation', () => {
  test('A4 failures open it for every user, and the upstream is left alone', async () => {
    let calls = 0;
    const upstream = await world.http((_, response) => {
      calls++;
      response.writeHead(500).end();
    });
    const { clients } = world.clients(upstream.address, threeFailures);
    for (const id of ['alice', 'bob', 'gina']) await clients.user.profile(scopeOf(), id);
    const outcome = await clients.user.profile(scopeOf(), 'dora');
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'open' });
    expect((outcome as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(29_000);
    expect(calls).toBe(3);
  });

  test('A4 another operation of the same upstream has a breaker of its own', async () => {
    const upstream = await world.http((request, response) =>
      request.url?.endsWith('/preferences')
        ? sendJson(response, the.preferences)
        : response.writeHead(500).end(),
    );
    const { clients } = world.clients(upstream.address, threeFailures);
    for (let i = 0; i < 4; i++) await clients.user.profile(scopeOf(), 'alice');
    expect(await clients.user.preferences(scopeOf(), 'alice')).toMatchObject({ kind: 'value' });
    const opened = clients.breakers().filter(({ state }) => state !== 'closed');
    expect(opened).toEqual([{ upstream: 'user', operation: 'profile', state: 'open' }]);
  });

  test('A4 opens, half-opens, closes, on the injected clock', async () => {
    let now = 0;
    const upstream = await answering([500, 500, 500, 200]);
    const { clients } = world.clients(upstream.address, { ...threeFailures, clock: () => now });
    const state = () => clients.breakers().find(({ operation }) => operation === 'profile')?.state;
    for (let i = 0; i < 3; i++) await clients.user.profile(scopeOf(), 'alice');
    expect(state()).toBe('open');
    now = 30_000;
    expect(state()).toBe('half-open');
    for (let i = 0; i < 3; i++) {
      expect(state()).toBe('half-open');
      expect(await clients.user.profile(scopeOf(), 'alice')).toMatchObject({ kind: 'value' });
    }
    expect(state()).toBe('closed');
  });

  test.each([400, 401, 403, 404, 409, 410, 412, 422, 429])('A4 status %i never opens', async (status) => {
    const upstream = await answering([status]);
    const { clients } = world.clients(upstream.address, {
      breakers: { 'user.profile': { consecutiveFailures: 2, volumeThreshold: 2, errorRate: 0 } },
    });
    for (let i = 0; i < 5; i++) await clients.user.profile(scopeOf(), 'alice');
    expect(clients.breakers().every(({ state }) => state === 'closed')).toBe(true);
  });

  test('A4 an answer of the wrong form counts as a failure', async () => {
    const upstream = await world.http((_, response) => sendJson(response, { id: 7 }));
    const { clients } = world.clients(upstream.address, threeFailures);
    for (let i = 0; i < 3; i++) await clients.user.profile(scopeOf(), 'alice');
    expect(await clients.user.profile(scopeOf(), 'alice')).toMatchObject({ kind: 'failed', reason: 'open' });
  });

  test('A4 settings for an operation that does not exist are refused', () => {
    const breakers = { 'user.profil': { probes: 1 } } as object;
    expect(() => world.clients('http://127.0.0.1:1', { breakers })).toThrow('user.profil');
  });

  test('A4 wrong settings are refused at construction, by operation and name', () => {
    const breakers = { 'order.byId': { probes: 0 } };
    expect(() => world.clients('http://127.0.0.1:1', { breakers })).toThrow(/order\.byId.*probes/);
  });
});

describe('time-outs and fair shares', () => {
  const budgetMs = 2_000;
  const afterTimeout = async (remainingMs: number, reason: 'timeout' | 'error') => {
    const breaker = new CircuitBreaker('x', { ...breakerSettings(1, 1_000) });
    const call = withBreaker(breaker, budgetMs)(async () => ({ kind: 'failed', reason }));
    const { signal } = new AbortController();
    await call(requestOf(), { ...scopeOf(), deadline: Deadline.after(remainingMs, signal, () => 0) });
    return breaker.state;
  };

  test.each([
    [2_000, 'open'],
    [1_000, 'open'],
    [999, 'closed'],
    [1, 'closed'],
  ])('A4 a time-out of a call that had %i of 2000 ms leaves the breaker %s', async (remainingMs, state) => {
    expect(await afterTimeout(remainingMs, 'timeout')).toBe(state);
  });

  test('A4 an error counts however little time the call had', async () => {
    expect(await afterTimeout(1, 'error')).toBe('open');
  });
});

describe('A4 an upstream that only ever refuses', () => {
  const opened = async (statuses: number[]) => {
    let now = 0;
    const upstream = await answering([500, ...statuses]);
    const { clients } = world.clients(upstream.address, {
      breakers: { 'user.profile': { consecutiveFailures: 1 } },
      clock: () => now,
    });
    await clients.user.profile(scopeOf(), 'alice');
    return {
      state: () => clients.breakers()[0]?.state,
      pass: (ms: number) => (now += ms),
      call: () => clients.user.profile(scopeOf(), 'alice'),
    };
  };

  test.each([404, 403, 400])('A4 with %i closes a breaker that is half-open', async (status) => {
    const { state, pass, call } = await opened([status]);
    pass(30_000);
    for (let i = 0; i < 2; i++) await call();
    expect(state()).toBe('half-open');
    await call();
    expect(state()).toBe('closed');
  });

  test('A4 with 429 does not: somebody keeps load away', async () => {
    const { state, pass, call } = await opened([429]);
    pass(30_000);
    for (let i = 0; i < 10; i++) await call();
    expect(state()).toBe('half-open');
  });

  test('A4 does not shorten the wait after the next failure, which one success does', async () => {
    const { pass, call } = await opened([404, 404, 404, 500, 404, 200, 404, 500]);
    const wait = async () => ((await call()) as { retryAfterMs?: number }).retryAfterMs;
    for (const waited of [30_000, 60_000]) {
      expect(await wait()).toBe(waited);
      pass(waited);
      for (let i = 0; i < 4; i++) await call();
    }
    expect(await wait()).toBe(30_000);
  });
});

describe('what opossum does otherwise', () => {
  test('A4 trap: a time-out of one call aborts no other call of the same operation', async () => {
    const upstream = await world.http((request, response) => {
      if (request.url?.endsWith('/slow')) return;
      setTimeout(() => sendJson(response, the.user), 120);
    });
    const { clients } = world.clients(upstream.address);
    const [slow, other] = await Promise.all([
      clients.user.profile(scopeOf({ ms: 40 }), 'slow'),
      clients.user.profile(scopeOf(), 'alice'),
    ]);
    expect(slow).toEqual({ kind: 'failed', reason: 'timeout' });
    expect(other).toEqual({ kind: 'value', value: the.user });
  });

  test('A4 trap: concurrent calls share neither their answers nor their errors', async () => {
    const upstream = await world.http((request, response) =>
      request.headers['x-tenant-id'] === 'acme'
        ? sendJson(response, the.user)
        : response.writeHead(500).end(),
    );
    const { clients } = world.clients(upstream.address);
    const globex = scopeOf({ tenant: 'globex' as CallScope['tenant'] });
    const both = [clients.user.profile(scopeOf(), 'alice'), clients.user.profile(globex, 'alice')];
    expect(await Promise.all(both)).toEqual([
      { kind: 'value', value: the.user },
      { kind: 'failed', reason: 'error' },
    ]);
  });

  const request = requestOf();
  const settings = { ...breakerSettings(1, 1_000), volumeThreshold: 1, errorRate: 0 };
  const stageOver = (call: Call<unknown>) => {
    const breaker = new CircuitBreaker('x', settings);
    return { breaker, call: withBreaker(breaker, 2_000)(call) };
  };

  test.each<[Outcome<unknown>, 'open' | 'closed']>([
    [{ kind: 'failed', reason: 'shed' }, 'closed'],
    [{ kind: 'failed', reason: 'open' }, 'closed'],
    [{ kind: 'aborted' }, 'closed'],
    [{ kind: 'absent' }, 'closed'],
    [{ kind: 'refused', status: 409 }, 'closed'],
    [{ kind: 'failed', reason: 'error' }, 'open'],
    [{ kind: 'failed', reason: 'timeout' }, 'open'],
    [{ kind: 'failed', reason: 'bad-response' }, 'open'],
  ])('A4 trap: a bulkhead refusal and its like are no failure: after %j it is %s', async (outcome, state) => {
    const { breaker, call } = stageOver(async () => outcome);
    expect(await call(request, scopeOf())).toEqual(outcome);
    expect(breaker.state).toBe(state);
  });

  test('A4 a programming error is thrown on, charges nobody, and gives its probe back', async () => {
    let now = 0;
    const breaker = new CircuitBreaker('x', { ...settings, probes: 1 }, { clock: () => now });
    const call = withBreaker(
      breaker,
      2_000,
    )(async () => {
      throw new RangeError('ours');
    });
    await expect(call(request, scopeOf())).rejects.toThrow(RangeError);
    expect(breaker.state).toBe('closed');

    breaker.report(breaker.admit()!, 'failure');
    now = 1_000;
    await expect(call(request, scopeOf())).rejects.toThrow(RangeError);
    expect(breaker.state).toBe('half-open');
    expect(breaker.admit()).toBeDefined();
  });
});
