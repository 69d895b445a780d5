import { afterEach, describe, expect, test } from '@jest/globals';
import { Deadline, type Outcome } from '@bff/service-kit';
import type { BreakerReport, Call, CallScope } from '../../src/index.ts';
import { CircuitBreaker } from '../../src/resilience/circuit-breaker.ts';
import { breakerSettings } from '../../src/resilience/breaker-settings.ts';
import { withBreaker } from '../../src/resilience/with-breaker.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, requestOf, scopeOf, the, thingId } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const slowly = { openMs: 30_000, maxOpenMs: 120_000 };
const threeFailures = { breakers: { 'thing.read': { consecutiveFailures: 3, ...slowly } } } as const;

const stateOf = (breakers: readonly BreakerReport[]) =>
  breakers.find(({ upstream, operation }) => upstream === 'thing' && operation === 'read')?.state;

/** An upstream that answers with each status once, and with the last one from then on. */
const answering = (statuses: number[]) =>
  world.http((_, response) => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    if (status === 200) return sendJson(response, the.thing);
    response.writeHead(status ?? 500).end();
  });

describe('one breaker per upstream operation', () => {
  test('A4 after failures the breaker is open for every user, and the upstream is not called', async () => {
    let calls = 0;
    const upstream = await world.http((_, response) => {
      calls++;
      response.writeHead(500).end();
    });
    const { clients } = world.clients(upstream.address, threeFailures);
    for (const id of ['1', '2', '3']) await clients.thing.read(scopeOf(), { thingId: id });
    const outcome = await clients.thing.read(scopeOf(), { thingId: '4' });
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'open' });
    expect((outcome as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(29_000);
    expect(calls).toBe(3);
  });

  test('A4 when the breaker of one operation opens, another operation of the upstream is still called', async () => {
    const upstream = await world.http((request, response) =>
      request.url?.endsWith('/settings') ? sendJson(response, the.settings) : response.writeHead(500).end(),
    );
    const { clients, breakers } = world.clients(upstream.address, threeFailures);
    for (let i = 0; i < 4; i++) await clients.thing.read(scopeOf(), { thingId });
    expect(await clients.thing.settings(scopeOf(), { thingId })).toMatchObject({ kind: 'value' });
    const opened = breakers().filter(({ state }) => state !== 'closed');
    expect(opened).toEqual([{ upstream: 'thing', operation: 'read', state: 'open' }]);
  });

  test('A4 a breaker opens after failures, is half-open after its wait on the injected clock, and closes after successes', async () => {
    let now = 0;
    const upstream = await answering([500, 500, 500, 200]);
    const { clients, breakers } = world.clients(upstream.address, { ...threeFailures, clock: () => now });
    const state = () => stateOf(breakers());
    for (let i = 0; i < 3; i++) await clients.thing.read(scopeOf(), { thingId });
    expect(state()).toBe('open');
    now = 30_000;
    expect(state()).toBe('half-open');
    for (let i = 0; i < 3; i++) {
      expect(state()).toBe('half-open');
      expect(await clients.thing.read(scopeOf(), { thingId })).toMatchObject({ kind: 'value' });
    }
    expect(state()).toBe('closed');
  });

  test.each([400, 401, 403, 404, 409, 410, 412, 422, 429])(
    'A4 answers of status %i never open the breaker',
    async (status) => {
      const upstream = await answering([status]);
      const { clients, breakers } = world.clients(upstream.address, {
        breakers: { 'thing.read': { consecutiveFailures: 2, volumeThreshold: 2, errorRate: 0 } },
      });
      for (let i = 0; i < 5; i++) await clients.thing.read(scopeOf(), { thingId });
      expect(breakers().every(({ state }) => state === 'closed')).toBe(true);
    },
  );

  test('F05 unusable answers count once per identity, so that a single invalid record does not open the breaker', async () => {
    let calls = 0;
    const upstream = await world.http((request, response) => {
      calls++;
      sendJson(response, request.url === '/things/odd' ? { ...the.thing, amount: 2 ** 53 } : the.thing);
    });
    const { clients, breakers } = world.clients(upstream.address, threeFailures);
    const odd = scopeOf();
    for (let i = 0; i < 100; i++)
      expect(await clients.thing.read(odd, { thingId: 'odd' })).toMatchObject({ reason: 'bad-response' });
    expect(stateOf(breakers())).toBe('closed');
    expect(await clients.thing.read(scopeOf(), { thingId })).toMatchObject({ kind: 'value' });
    expect(calls).toBe(101);
  });

  test('F05 unusable answers to as many identities as `consecutiveFailures` open the breaker', async () => {
    const upstream = await world.http((_, response) => sendJson(response, { id: 7 }));
    const { clients } = world.clients(upstream.address, threeFailures);
    for (let i = 0; i < 3; i++) await clients.thing.read(scopeOf(), { thingId });
    expect(await clients.thing.read(scopeOf(), { thingId })).toMatchObject({
      kind: 'failed',
      reason: 'open',
    });
  });

  test('A4 breaker settings for an operation that does not exist are refused at construction', () => {
    const breakers = { 'thing.raed': { probes: 1 } };
    expect(() => world.clients('http://127.0.0.1:1', { breakers })).toThrow('thing.raed');
  });

  test('A4 invalid breaker settings are refused at construction, and the error names operation and setting', () => {
    const breakers = { 'other.read': { probes: 0 } };
    expect(() => world.clients('http://127.0.0.1:1', { breakers })).toThrow(/other\.read.*probes/);
  });
});

describe('timeouts of calls with little time', () => {
  const budgetMs = 2_000;
  const afterTimeout = async (remainingMs: number, reason: 'timeout' | 'error') => {
    const breaker = new CircuitBreaker('x', {
      ...breakerSettings({ consecutiveFailures: 1, openMs: 1_000 }),
    });
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
  ])('A4 after a timeout of a call that had %i of 2000 ms the breaker is %s', async (remainingMs, state) => {
    expect(await afterTimeout(remainingMs, 'timeout')).toBe(state);
  });

  test('A4 an error counts as a failure of the breaker however little time the call had', async () => {
    expect(await afterTimeout(1, 'error')).toBe('open');
  });
});

describe('A4 an upstream that only refuses', () => {
  const opened = async (statuses: number[]) => {
    let now = 0;
    const upstream = await answering([500, ...statuses]);
    const { clients, breakers } = world.clients(upstream.address, {
      breakers: { 'thing.read': { consecutiveFailures: 1, ...slowly } },
      clock: () => now,
    });
    await clients.thing.read(scopeOf(), { thingId });
    return {
      state: () => stateOf(breakers()),
      pass: (ms: number) => (now += ms),
      call: () => clients.thing.read(scopeOf(), { thingId }),
    };
  };

  test.each([404, 403, 400])('A4 answers of status %i close a half-open breaker', async (status) => {
    const { state, pass, call } = await opened([status]);
    pass(30_000);
    for (let i = 0; i < 2; i++) await call();
    expect(state()).toBe('half-open');
    await call();
    expect(state()).toBe('closed');
  });

  test('A4 answers of status 429 do not close a half-open breaker, because the upstream sheds load', async () => {
    const { state, pass, call } = await opened([429]);
    pass(30_000);
    for (let i = 0; i < 10; i++) await call();
    expect(state()).toBe('half-open');
  });

  test('A4 refused calls do not reset the doubled wait of a breaker, and one success resets it', async () => {
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

describe('where this breaker differs from opossum', () => {
  test('A4 trap: a timeout of one call aborts no other call of the same operation', async () => {
    const upstream = await world.http((request, response) => {
      if (request.url?.endsWith('/slow')) return;
      setTimeout(() => sendJson(response, the.thing), 120);
    });
    const { clients } = world.clients(upstream.address);
    const [slow, other] = await Promise.all([
      clients.thing.read(scopeOf({ ms: 40 }), { thingId: 'slow' }),
      clients.thing.read(scopeOf(), { thingId }),
    ]);
    expect(slow).toEqual({ kind: 'failed', reason: 'timeout' });
    expect(other).toEqual({ kind: 'value', value: the.thing });
  });

  test('A4 trap: concurrent calls of two tenants share neither answers nor errors', async () => {
    const upstream = await world.http((request, response) =>
      request.headers['x-tenant-id'] === 't1' ? sendJson(response, the.thing) : response.writeHead(500).end(),
    );
    const { clients } = world.clients(upstream.address);
    const t2 = scopeOf({ tenant: 't2' as CallScope['tenant'] });
    const both = [clients.thing.read(scopeOf(), { thingId }), clients.thing.read(t2, { thingId })];
    expect(await Promise.all(both)).toEqual([
      { kind: 'value', value: the.thing },
      { kind: 'failed', reason: 'error' },
    ]);
  });

  const request = requestOf();
  const settings = {
    ...breakerSettings({ consecutiveFailures: 1, openMs: 1_000 }),
    volumeThreshold: 1,
    errorRate: 0,
  };
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
  ])('A4 trap: after the outcome %j a breaker that opens at one failure is %s', async (outcome, state) => {
    const { breaker, call } = stageOver(async () => outcome);
    expect(await call(request, scopeOf())).toEqual(outcome);
    expect(breaker.state).toBe(state);
  });

  test('A4 when a call rejects, the error is passed on and does not count for the breaker, and the probe slot is released', async () => {
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
