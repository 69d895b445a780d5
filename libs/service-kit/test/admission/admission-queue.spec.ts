import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AdmissionQueue } from '../../src/admission/admission-queue.ts';
import type { TenantId } from '../../src/index.ts';
import {
  capacity,
  lehmer,
  percentile,
  poisson,
  runLoop,
  type Answered,
  type Arrival,
} from './virtual-loop.ts';

const answered = (all: readonly Answered[]) => all.filter(({ result }) => result === 'answered');
const rejected = (all: readonly Answered[]) =>
  all.filter(({ result }) => result !== 'answered' && result !== 'abandoned');
const of = (all: readonly Answered[], owner: string | undefined) =>
  all.filter((each) => each.owner === owner);
/**
 * Answers to requests that arrived five seconds or more after the load began; earlier ones may belong to a
 * burst.
 */
const settled = (all: readonly Answered[]) => all.filter(({ arrivedAt }) => arrivedAt > 5_000);

describe('A9 rejects only while the requests in flight are at the limit', () => {
  const burst = fc.record({
    at: fc.integer({ min: 0, max: 5_000 }),
    count: fc.integer({ min: 1, max: 300 }),
    overMs: fc.integer({ min: 0, max: 2_000 }),
    owner: fc.constantFrom('t1', 't2', 't3', undefined),
    network: fc.constantFrom('n1', 'n2'),
    isImportant: fc.boolean(),
    cost: fc.double({ min: 0.1, max: 40, noNaN: true }),
    upstreamMs: fc.integer({ min: 0, max: 3_000 }),
    patienceMs: fc.option(fc.integer({ min: 1, max: 3_000 }), { nil: undefined }),
  });
  const stall = fc.record({ at: fc.integer({ max: 6_000 }), ms: fc.integer({ min: 0, max: 4_000 }) });
  const limits = fc.record({
    maxInFlight: fc.integer({ min: 1, max: 200 }),
    maxInFlightPerTenant: fc.integer({ min: 1, max: 100 }),
    maxQueued: fc.integer({ min: 1, max: 400 }),
    maxQueueDelayMs: fc.integer({ min: 1, max: 1_500 }),
  });

  test('A9 with random arrivals, stalls and costs, the admission queue rejects no request below the limit and settles every request once', () => {
    let rejections = 0;
    fc.assert(
      fc.property(
        fc.array(burst, { maxLength: 8 }),
        fc.array(stall, { maxLength: 4 }),
        limits,
        fc.boolean(),
        (bursts, stalls, options, isCold) => {
          const arrivals = bursts.flatMap(({ at, count, overMs, patienceMs, ...what }) =>
            Array.from({ length: count }, (_, i) => ({
              at: at + (overMs * i) / count,
              ...what,
              ...(patienceMs !== undefined && { patienceMs }),
            })),
          );
          const { answers, queue } = runLoop(arrivals, { ...options, stalls, isCold });
          expect(answers).toHaveLength(arrivals.length);
          expect(answers.filter(({ hadCapacity }) => hadCapacity)).toEqual([]);
          expect([queue.inFlight, queue.waiting]).toEqual([0, 0]);
          rejections += rejected(answers).length;
        },
      ),
      { numRuns: 150 },
    );
    // Without this check the property would hold for a queue that rejects nothing.
    expect(rejections).toBeGreaterThan(1_000);
  });

  test.each([0.5, 0.8])(
    'A9 at a load of %p times its capacity, a service whose event loop stalls for 300 ms rejects nothing',
    (times) => {
      const stalls = Array.from({ length: 5 }, (_, i) => ({ at: i * 2_000, ms: 300 }));
      const { answers } = runLoop(poisson(times * capacity, 0, 10_000, { owner: 't1' }), { stalls });
      expect(rejected(answers)).toEqual([]);
    },
  );

  test('A9 the admission queue rejects nothing when each request of the first second costs five times as much as a later one', () => {
    const { answers } = runLoop([
      ...poisson(0.3 * capacity, 0, 1_000, { owner: 't1', cost: 5 }),
      ...poisson(0.3 * capacity, 1_000, 5_000, { owner: 't1' }),
    ]);
    expect(rejected(answers)).toEqual([]);
  });

  test('A9 requests that wait for a slow upstream do not delay others, because they use no loop time', () => {
    const { answers, queue } = runLoop([
      ...poisson(0.2 * capacity, 0, 8_000, { owner: 't1', upstreamMs: 1_500 }),
      ...poisson(0.2 * capacity, 0, 8_000, { owner: 't2' }, lehmer(3)),
    ]);
    expect(rejected(answers)).toEqual([]);
    expect(queue.limit).toBeGreaterThan(300);
    expect(percentile(of(settled(answers), 't2'), 0.99)).toBeLessThan(50);
  });

  test.each([1, 8, 64, 1_000])(
    'A9 when %p clients send a new request after each answer, every request is answered',
    (count) => {
      const clients = Array.from({ length: count }, () => ({
        at: 0,
        owner: 't1',
        upstreamMs: 2,
        repeatsUntil: 5_000,
      }));
      const { answers } = runLoop(clients, { maxInFlightPerTenant: 1_000 });
      expect(rejected(answers)).toEqual([]);
    },
  );
});

/**
 * Requests of 2,000 users in turn, of whom a new process knows none: the first request of each is unauthenticated
 * and costs twice as much.
 */
function afterStart(load: number, tenants: number): Arrival[] {
  return poisson(load * capacity, 0, 8_000, {}).map(({ at }, index) => {
    const [tenant, network] = [`t${index % tenants}`, `n${index % 2_000}`];
    return index < 2_000 ? { at, network, authenticatesAs: tenant, cost: 2 } : { at, owner: tenant };
  });
}

describe('A9 after a start', () => {
  test.each([1, 2, 20, 200])(
    'A9 after a start with users of %p tenants, the users that the process does not know yet wait no longer than the others, and none is rejected',
    (tenants) => {
      const { answers } = runLoop(afterStart(0.75, tenants), { isCold: true });
      expect(rejected(answers)).toEqual([]);
      const longest = (all: readonly Answered[]) => Math.max(...all.map(({ ms }) => ms));
      const known = answers.filter(({ owner }) => owner !== undefined);
      expect(longest(of(answers, undefined))).toBeLessThan(longest(known) + 100);
    },
  );

  test('A9 after a start, a backlog of more than a second that lasts for five seconds is answered in time', () => {
    const { answers } = runLoop(
      [
        ...poisson(0.75 * capacity, 0, 3_000, { owner: 't1', cost: 2 }),
        ...poisson(0.9 * capacity, 3_000, 12_000, { owner: 't1' }, lehmer(3)),
      ],
      { isCold: true },
    );
    expect(rejected(answers)).toEqual([]);
    const delayed = answers.filter(({ ms }) => ms > 1_000).map(({ at }) => at);
    expect(Math.max(...delayed) - Math.min(...delayed)).toBeGreaterThan(5_000);
    expect(percentile(answers, 1)).toBeLessThan(2_000);
  });

  test('A9 an overload right after a start delays no other tenant, and ten seconds later its requests are rejected early', () => {
    const { answers } = runLoop(
      [
        ...poisson(0.25 * capacity, 0, 20_000, { owner: 'quiet' }),
        ...poisson(2.75 * capacity, 0, 20_000, { owner: 'loud' }, lehmer(3)),
      ],
      { isCold: true },
    );
    expect(rejected(of(answers, 'quiet'))).toEqual([]);
    expect(percentile(of(answers, 'quiet'), 0.99)).toBeLessThan(250);
    expect(Math.max(...answered(answers).map(({ ms }) => ms))).toBeLessThan(2_000);
    const later = of(answers, 'loud').filter(({ arrivedAt }) => arrivedAt > 15_000);
    expect(percentile(rejected(later), 0.5)).toBeLessThan(200);
  });

  test('A9 unknown users of a tenant that exceeds its share do not delay another tenant', () => {
    const loud = poisson(2.75 * capacity, 0, 12_000, {}, lehmer(3)).map(({ at }, index) =>
      index % 2 === 0 ? { at, owner: 'loud' } : { at, network: `n${index % 200}`, authenticatesAs: 'loud' },
    );
    const { answers } = runLoop([...poisson(0.2 * capacity, 0, 12_000, { owner: 'quiet' }), ...loud]);
    expect(rejected(of(answers, 'quiet'))).toEqual([]);
    expect(percentile(of(answers, 'quiet'), 0.99)).toBeLessThan(250);
  });
});

describe('A9 a client that makes each of its requests an unknown one', () => {
  const flood = poisson(2 * capacity, 0, 12_000, { network: 'n1', authenticatesAs: 'loud' }, lehmer(3));

  test('A9 such a client takes nothing from another tenant, even if known users of its own tenant disconnect all the time', () => {
    const { answers } = runLoop([
      ...poisson(0.25 * capacity, 0, 12_000, { owner: 'quiet' }),
      ...flood,
      ...poisson(150, 0, 12_000, { owner: 'loud', patienceMs: 8 }, lehmer(5)),
    ]);
    expect(rejected(of(answers, 'quiet'))).toEqual([]);
    expect(percentile(of(answers, 'quiet'), 0.99)).toBeLessThan(250);
  });

  test('A9 such a client takes nothing from another tenant, even if it also sends cheap requests that stay unauthenticated', () => {
    const { answers } = runLoop([
      ...poisson(0.25 * capacity, 0, 12_000, { owner: 'quiet' }),
      ...flood,
      ...poisson(capacity, 0, 12_000, { network: 'n1', cost: 0.05, upstreamMs: 0 }, lehmer(5)),
    ]);
    expect(rejected(of(answers, 'quiet'))).toEqual([]);
    expect(percentile(of(answers, 'quiet'), 0.99)).toBeLessThan(250);
  });

  test.each([true, false])(
    'A9 such a client does not keep the known users of its tenant from being answered (cold process: %p)',
    (isCold) => {
      const { answers } = runLoop(
        [...poisson(0.1 * capacity, 0, 12_000, { owner: 'loud' }, lehmer(5)), ...flood],
        { isCold },
      );
      const known = settled(of(answers, 'loud')).filter(({ arrivedAt }) => !isCold || arrivedAt < 10_000);
      expect(answered(known).length / known.length).toBeGreaterThan(isCold ? 0.4 : 0.95);
    },
  );
});

describe('A9 recovery from congestion collapse', () => {
  test('A9 after a stall of two seconds, the service recovers within ten seconds although clients retry timed-out requests', () => {
    const untilMs = 600_000;
    const load = { owner: 't1', patienceMs: 2_000, retriesUntil: untilMs };
    const stalls = [{ at: 5_000, ms: 2_000 }];
    const { answers } = runLoop(poisson(0.2 * capacity, 0, untilMs, load), { stalls });
    const after = answers.filter(({ arrivedAt }) => arrivedAt > 17_000);
    expect(after.length).toBeGreaterThan(100_000);
    expect(after.filter(({ result }) => result !== 'answered')).toEqual([]);
    expect(percentile(after, 0.99)).toBeLessThan(30);
  });

  test('A9 after an overload of three times its capacity with client retries, the service recovers within ten seconds', () => {
    const flood = poisson(3 * capacity, 0, 5_000, { owner: 't1', patienceMs: 2_000, retriesUntil: 5_000 });
    const usual = poisson(0.5 * capacity, 5_000, 30_000, {
      owner: 't1',
      patienceMs: 2_000,
      retriesUntil: 30_000,
    });
    const after = runLoop([...flood, ...usual]).answers.filter(({ arrivedAt }) => arrivedAt > 15_000);
    expect(after.filter(({ result }) => result !== 'answered')).toEqual([]);
    expect(percentile(after, 0.99)).toBeLessThan(30);
  });
});

test('A9 after an overload, a tenant that sends a burst of 300 requests every second has none of them rejected after ten seconds', () => {
  const flood = poisson(3 * capacity, 0, 5_000, { owner: 't1' });
  const bursts = Array.from({ length: 15 * 300 }, (_, at) => ({
    at: 5_000 + Math.floor(at / 300) * 1_000,
    owner: 't1',
  }));
  const { answers } = runLoop([...flood, ...bursts]);
  const after = answers.filter(({ arrivedAt }) => arrivedAt > 15_000);
  expect(after.length).toBeGreaterThan(1_000);
  expect(rejected(after)).toEqual([]);
});

describe('A9 a request whose answer would come too late is rejected', () => {
  const waits = (upstreamMs: number) => {
    // All requests arrive at once, so they wait for as long as they may.
    const arrivals = Array.from({ length: 4_000 }, () => ({ at: 0, owner: 't1', upstreamMs }));
    const { answers } = runLoop(arrivals, { isCold: true, maxInFlightPerTenant: 1_000 });
    expect(rejected(answers).map(({ result }) => result)).toContain('deadline');
    return Math.min(...rejected(answers).map(({ ms }) => ms));
  };

  test('A9 with fast upstreams a request is rejected shortly before its deadline', () => {
    expect(waits(5)).toBeGreaterThan(1_750);
  });

  test('A9 with slow upstreams a request is rejected when three quarters of its budget are used up', () => {
    expect(waits(400)).toBeGreaterThanOrEqual(1_500);
    expect(waits(400)).toBeLessThan(1_600);
  });
});

describe('A9 standing overload', () => {
  test.each([
    [2, 3],
    [20, 3],
    [300, 3],
    [20, 1.5],
    [20, 6],
  ])(
    'A9 with upstreams of %p ms and a load of %p times its capacity, the service answers within a second and rejects early',
    (upstreamMs, times) => {
      const { answers } = runLoop(poisson(times * capacity, 0, 12_000, { owner: 't1', upstreamMs }));
      const all = settled(answers);
      expect(percentile(answered(all), 0.99)).toBeLessThan(1_000);
      expect(percentile(rejected(all), 0.5)).toBeLessThan(200);
      // Share of the event loop that this model leaves after reading and rejecting.
      const reachable = (780 - 30 * times - 50 * (times - 1)) / 750;
      expect(answered(all).length / 7 / capacity).toBeGreaterThan(0.9 * Math.min(1, reachable));
    },
  );

  test.each([30, 100])(
    'A9 under overload, a service answers as many requests when they arrive in one batch every %p ms as when they arrive one by one',
    (batchMs) => {
      const arrivals = poisson(3 * capacity, 0, 15_000, { owner: 't1' });
      const batched = arrivals.map((each) => ({ ...each, at: Math.ceil(each.at / batchMs) * batchMs }));
      const [oneByOne, inBatches] = [arrivals, batched].map(
        (all) => answered(settled(runLoop(all).answers)).length,
      );
      expect((inBatches ?? 0) / (oneByOne ?? 0)).toBeGreaterThan(0.9);
    },
  );

  test('A9 a tenant within its share keeps its goodput and latency; the tenant with the largest share is rejected first', () => {
    const { answers } = runLoop([
      ...poisson(0.25 * capacity, 0, 12_000, { owner: 'quiet' }),
      ...poisson(2.75 * capacity, 0, 12_000, { owner: 'loud' }, lehmer(3)),
    ]);
    expect(rejected(of(answers, 'quiet'))).toEqual([]);
    expect(percentile(of(answers, 'quiet'), 0.99)).toBeLessThan(250);
    expect(rejected(of(answers, 'loud')).length).toBeGreaterThan(10_000);
  });

  test.each([50, 2_000])(
    'A9 unauthenticated clients of %p networks together get at most the share of one tenant',
    (networks) => {
      const flood = poisson(2.5 * capacity, 0, 12_000, {}, lehmer(3)).map(({ at }, index) => ({
        at,
        network: `n${index % networks}`,
      }));
      const { answers } = runLoop([...poisson(0.35 * capacity, 0, 12_000, { owner: 't1' }), ...flood]);
      expect(rejected(of(answers, 't1'))).toEqual([]);
      expect(percentile(of(answers, 't1'), 0.99)).toBeLessThan(250);
    },
  );

  test('A9 an unauthenticated client does not wait behind a flood from another network', () => {
    const { answers } = runLoop([
      ...poisson(0.05 * capacity, 0, 12_000, { network: 'usual' }),
      ...poisson(2.75 * capacity, 0, 12_000, { network: 'flood', isImportant: true }, lehmer(3)),
    ]);
    const all = settled(answers);
    expect(all.length).toBeGreaterThan(10_000);
    expect(percentile(answered(all), 0.5)).toBeGreaterThan(0);
    expect(rejected(answers.filter(({ isImportant }) => !isImportant)).length).toBeLessThan(10);
  });

  test.each([5, 20])(
    'A9 under overload, a tenant whose requests cost %p times as much as those of another tenant gets the same time of the event loop',
    (cost) => {
      const { answers } = runLoop([
        ...poisson(capacity, 0, 12_000, { owner: 'cheap' }),
        ...poisson(capacity, 0, 12_000, { owner: 'expensive', cost }, lehmer(3)),
      ]);
      const [cheap = 0, expensive = 1] = ['cheap', 'expensive'].map(
        (owner) => answered(of(settled(answers), owner)).length,
      );
      expect(cheap / expensive / cost).toBeGreaterThan(0.8);
      expect(cheap / expensive / cost).toBeLessThan(1.2);
    },
  );

  test.each([true, false])(
    'A9 an overloaded service rejects reads before it rejects logins and writes (cold process: %p)',
    (isCold) => {
      const { answers } = runLoop(
        [
          ...poisson(0.25 * capacity, 0, 12_000, { owner: 't1', isImportant: true }),
          ...poisson(2.75 * capacity, 0, 12_000, { owner: 't1' }, lehmer(3)),
        ],
        { isCold },
      );
      expect(rejected(answers.filter(({ isImportant }) => isImportant))).toEqual([]);
      expect(rejected(answers).length).toBeGreaterThan(10_000);
    },
  );

  test('A9 when a queue begins to count as standing, its rejections do not delay another tenant', () => {
    const { answers } = runLoop([
      ...poisson(0.05 * capacity, 0, 5_000, { owner: 'quiet' }),
      ...poisson(2.95 * capacity, 0, 5_000, { owner: 'loud' }, lehmer(3)),
    ]);
    expect(rejected(of(answers, 'loud')).length).toBeGreaterThan(5_000);
    expect(Math.max(...of(answers, 'quiet').map(({ ms }) => ms))).toBeLessThan(100);
  });
});

describe('A9 the admission queue', () => {
  function create(limits: Partial<ConstructorParameters<typeof AdmissionQueue>[0]> = {}) {
    const seen: string[] = [];
    const queue = new AdmissionQueue({
      maxInFlight: 1,
      maxInFlightPerTenant: 1,
      maxQueued: 4,
      maxQueueDelayMs: 1_000,
      budgetMs: 2_000,
      clock: () => 0,
      after: () => undefined,
      ...limits,
    });
    const enter = (name: string, owner?: string, network = '') =>
      queue.enter({
        owner: owner as TenantId | undefined,
        network,
        isImportant: name.startsWith('write'),
        begin: () => void seen.push(name),
        reject: (reason) => void seen.push(`${name} ${reason}`),
      });
    return { queue, seen, enter };
  }

  test('A9 the admission queue does not start a queued request whose client disconnected', () => {
    const { queue, seen, enter } = create();
    enter('1', 't1');
    const leave = enter('2', 't1');
    enter('3', 't1');
    leave?.();
    leave?.();
    expect(queue.waiting).toBe(1);
    queue.leave('t1' as TenantId, 1, 1);
    expect(seen).toEqual(['1', '3']);
  });

  test("A9 the admission queue keeps a request of a tenant at its limit waiting, and starts another tenant's request", () => {
    const { seen, enter } = create({ maxInFlight: 3, maxInFlightPerTenant: 1 });
    for (const name of ['a1', 'a2', 'b1']) enter(name, name.charAt(0));
    expect(seen).toEqual(['a1', 'b1']);
  });

  test('A9 when the queue is full, the newest read of the tenant with the longest queue is rejected', () => {
    const { seen, enter } = create();
    for (const name of ['a1', 'a2', 'a3', 'write a4', 'a5', 'b1', 'a6'])
      enter(name, name.includes('b') ? 'b' : 'a');
    expect(seen).toEqual(['a1', 'a5 memory', 'a6 memory']);
    enter('write a7', 'a');
    expect(seen.at(-1)).toBe('a3 memory');
  });

  test('A9 unauthenticated clients take at most half of the queue, from any number of networks', () => {
    const { seen, enter } = create();
    enter('first');
    for (const network of ['1', '2', '3']) enter(network, undefined, network);
    enter('known', 't1');
    expect(seen).toEqual(['first', '3 memory']);
  });
});
