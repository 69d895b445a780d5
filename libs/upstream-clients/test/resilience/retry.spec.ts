import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Deadline, type Outcome } from '@bff/service-kit';
import { breakerSettings } from '../../src/resilience/breaker-settings.ts';
import { CircuitBreaker } from '../../src/resilience/circuit-breaker.ts';
import { RetryBudget } from '../../src/resilience/retry-budget.ts';
import { withRetry } from '../../src/resilience/with-retry.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, requestOf, scopeOf, the, thingId } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const atOnce = { random: () => 0 };

/** Answers with each status once, and with the last one from then on; 0 resets the connection. */
const answering = async (statuses: number[], headers: Record<string, string> = {}) => {
  const arrivals: { at: number; timeout: number }[] = [];
  const upstream = await world.http((request, response) => {
    arrivals.push({ at: performance.now(), timeout: Number(request.headers['x-request-timeout-ms']) });
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    if (status === 0) return request.socket.resetAndDestroy();
    if (status === 200) return sendJson(response, the.thing);
    response.writeHead(status ?? 500, headers).end();
  });
  return { ...upstream, arrivals };
};

describe('A5 calls that are retried', () => {
  test.each<[first: number, tries: number]>([
    [0, 2],
    [502, 2],
    [503, 2],
    [504, 2],
    [500, 1],
    [501, 1],
    [505, 1],
    [404, 1],
    [403, 1],
    [409, 1],
    [429, 1],
    [204, 1],
    [302, 1],
  ])(
    'A5 a read whose first answer has status %i (0 for a connection reset) makes %i tries',
    async (first, tries) => {
      const upstream = await answering([first, 200]);
      const { clients } = world.clients(upstream.address, atOnce);
      const outcome = await clients.thing.read(scopeOf(), { thingId });
      expect(upstream.arrivals).toHaveLength(tries);
      expect(outcome.kind === 'value').toBe(tries === 2);
    },
  );

  test('A5 a failing read makes as many retries as the setting, and one by default', async () => {
    const upstream = await answering([503]);
    await world.clients(upstream.address, atOnce).clients.thing.read(scopeOf(), { thingId });
    expect(upstream.arrivals).toHaveLength(2);
    await world
      .clients(upstream.address, { ...atOnce, retries: 3 })
      .clients.thing.read(scopeOf(), { thingId });
    expect(upstream.arrivals).toHaveLength(6);
    await world
      .clients(upstream.address, { ...atOnce, retries: 0 })
      .clients.thing.read(scopeOf(), { thingId });
    expect(upstream.arrivals).toHaveLength(7);
  });

  test('A5 a failed write is never retried, even if it has an Idempotency-Key', async () => {
    const upstream = await answering([0]);
    const { clients } = world.clients(upstream.address, atOnce);
    await clients.thing.changeSettings(scopeOf(), { thingId }, { body: { theme: 'dark' } });
    await clients.thing.markSeen(scopeOf(), { thingId }, { idempotencyKey: 'key-1' });
    expect(upstream.arrivals).toHaveLength(2);
  });

  test('A5 A2 a timeout is not retried, and a retry has less time than the try before', async () => {
    const upstream = await answering([503, 200]);
    const { clients } = world.clients(upstream.address, { random: () => 0.99 });
    await clients.thing.read(scopeOf({ ms: 1_000 }), { thingId });
    const [first, second] = upstream.arrivals;
    expect(second!.timeout).toBeLessThan(first!.timeout);

    let calls = 0;
    const hanging = await world.http(() => calls++);
    const outcome = await world
      .clients(hanging.address)
      .clients.thing.read(scopeOf({ ms: 300 }), { thingId });
    expect([outcome, calls]).toEqual([{ kind: 'failed', reason: 'timeout' }, 1]);
  });

  test('A5 the metrics count a retry as an event, and both tries as one call', async () => {
    const upstream = await answering([503, 200]);
    const { clients, metric } = world.clients(upstream.address, atOnce);
    await clients.thing.read(scopeOf(), { thingId });
    const labels = { upstream: 'thing', operation: 'read', event: 'retried' };
    expect(await metric('bff_upstream_events_total', labels)).toBe(1);
    expect(await metric('bff_upstream_seconds_count', { upstream: 'thing', operation: 'read' })).toBe(1);
  });

  test.each([-1, 4, 0.5, Number.NaN])('A5 the number of retries %j is refused at construction', (retries) => {
    expect(() => world.clients('http://127.0.0.1:1', { retries })).toThrow('retries: must be');
  });
});

test.each([
  ['0', 2],
  ['5', 1],
  ['soon', 2],
])('A5 a read that gets 503 with Retry-After %s makes %i tries', async (retryAfter, tries) => {
  const upstream = await answering([503, 200], { 'Retry-After': retryAfter });
  await world.clients(upstream.address, atOnce).clients.thing.read(scopeOf(), { thingId });
  expect(upstream.arrivals).toHaveLength(tries);
});

const settings = { ...breakerSettings({ consecutiveFailures: 2, openMs: 60_000 }) };
const error: Outcome<never> = { kind: 'failed', reason: 'error' };

/** Creates only the retry stage, over calls with these outcomes; `random` decides the length of pauses. */
function stageOver(outcomes: Outcome<unknown>[], random = () => 0) {
  const breaker = new CircuitBreaker('x', settings);
  const budget = new RetryBudget();
  let calls = 0;
  const stage = withRetry({ retries: 3, isSafe: true, breaker, budget, random, count: () => undefined });
  const call = stage(async () => outcomes[calls++] ?? error);
  return { breaker, budget, call, calls: () => calls };
}

describe('A5 the stage', () => {
  test.each([
    [undefined, 4_000, 2],
    [30, 4_000, 2],
    [1_001, 4_000, 1],
    [400, 700, 1],
  ])(
    'A5 a call with a Retry-After of %s ms and %i ms left makes %i tries, and no try before the Retry-After has elapsed',
    async (retryAfterMs, left, tries) => {
      const { signal } = new AbortController();
      const scope = { ...scopeOf(), deadline: Deadline.after(left, signal, () => 0) };
      const { call, calls } = stageOver([
        { ...error, retryAfterMs },
        { kind: 'value', value: 1 },
      ]);
      const startedAt = performance.now();
      await call(requestOf(), scope);
      expect(calls()).toBe(tries);
      if (tries === 2) expect(performance.now() - startedAt).toBeGreaterThanOrEqual((retryAfterMs ?? 0) - 1);
    },
  );

  test('A5 a failed call is not retried when the breaker is open, even if the breaker opened during the pause before the retry', async () => {
    const opened = stageOver([]);
    opened.breaker.report(opened.breaker.admit()!, 'failure');
    opened.breaker.report(opened.breaker.admit()!, 'failure');
    await opened.call(requestOf(), scopeOf());
    expect(opened.calls()).toBe(1);

    const opening = stageOver([], () => 0.99);
    const pending = opening.call(requestOf(), scopeOf());
    await Promise.resolve();
    opening.breaker.report(opening.breaker.admit()!, 'failure');
    opening.breaker.report(opening.breaker.admit()!, 'failure');
    expect(await pending).toEqual(error);
    expect(opening.calls()).toBe(1);
  });

  test('A5 with full jitter the pause before each retry is a random part of a wait that doubles', async () => {
    const draws = [0.1, 0.5, 0.9];
    const waits: number[] = [];
    const { signal } = new AbortController();
    const deadline = Deadline.after(60_000, signal);
    let before = performance.now();
    const stage = withRetry({
      isSafe: true,
      retries: 3,
      breaker: new CircuitBreaker('x', breakerSettings({ consecutiveFailures: 99, openMs: 1_000 })),
      budget: new RetryBudget(),
      random: () => draws.shift() ?? 0,
      count: () => undefined,
    });
    await stage(async () => {
      waits.push(performance.now() - before);
      before = performance.now();
      return error;
    })(requestOf(), { ...scopeOf(), deadline });
    // 0.1 of 50, 0.5 of 100 and 0.9 of 200 ms. Only lower bounds, because a timer can be late but not early.
    const least = [0, 4, 49, 179];
    expect(waits).toHaveLength(4);
    for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(least[index]!);
  });

  test('A3 A5 when the client disconnects during the pause before a retry, the call is aborted without a retry', async () => {
    const client = new AbortController();
    const { call, calls } = stageOver([], () => 0.99);
    const pending = call(requestOf(), scopeOf({ signal: client.signal }));
    await Promise.resolve();
    client.abort();
    expect(await pending).toEqual({ kind: 'aborted' });
    expect(calls()).toBe(1);
    expect(getEventListeners(client.signal, 'abort')).toEqual([]);
  });

  test.each([
    [1, 3],
    [10, 3],
    [15, 3],
    [20, 4],
    [100, 20],
  ])('A5 with %i calls in flight, the retry budget allows at most %i retries', (inFlight, most) => {
    const budget = new RetryBudget();
    for (let i = 0; i < inFlight; i++) budget.enter();
    let taken = 0;
    while (budget.take()) taken++;
    expect(taken).toBe(most);
    budget.giveBack();
    expect([budget.take(), budget.take()]).toEqual([true, false]);
  });

  test('A5 when an upstream always fails, the retries stay within the retry budget', async () => {
    const budget = new RetryBudget();
    const breaker = new CircuitBreaker('x', {
      ...breakerSettings({ consecutiveFailures: 1_000, openMs: 1_000 }),
      volumeThreshold: 1_000,
    });
    let calls = 0;
    const stage = withRetry({
      retries: 1,
      isSafe: true,
      breaker,
      budget,
      random: () => 0,
      count: () => undefined,
    });
    const call = stage(async () => (calls++, error));
    await Promise.all(Array.from({ length: 100 }, () => call(requestOf(), scopeOf())));
    expect(calls).toBeLessThanOrEqual(120);
    expect(calls).toBeGreaterThan(102);
  });

  test('A5 when calls reject, the error is passed on and the retry budget does not change', async () => {
    const budget = new RetryBudget();
    const breaker = new CircuitBreaker('x', settings);
    const stage = withRetry({
      retries: 1,
      isSafe: true,
      breaker,
      budget,
      random: () => 0,
      count: () => undefined,
    });
    for (let i = 0; i < 100; i++)
      await expect(
        stage(async () => {
          throw new RangeError('ours');
        })(requestOf(), scopeOf()),
      ).rejects.toThrow(RangeError);
    expect([budget.take(), budget.take(), budget.take(), budget.take()]).toEqual([true, true, true, false]);
  });
});
