import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Deadline, type Outcome, type TenantId } from '@bff/service-kit';
import { until } from '@bff/testbed';
import fc from 'fast-check';
import { z } from 'zod';
import { get, service } from '../../src/index.ts';
import { Bulkhead } from '../../src/resilience/bulkhead.ts';
import { ConcurrencyLimit } from '../../src/resilience/concurrency-limit.ts';
import { withBulkhead } from '../../src/resilience/with-bulkhead.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, requestOf, scopeOf, the } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const tenant = (name: string) => name as TenantId;
const deadlineOf = (ms = 5_000, signal = new AbortController().signal) => Deadline.after(ms, signal);

describe('A9 slots of an upstream', () => {
  test('A9 when all slots of an upstream are taken, the next call waits and starts when another call ends', async () => {
    const bulkhead = new Bulkhead('x', { maxConcurrent: 2, maxQueued: 1 });
    expect([bulkhead.enter(), bulkhead.enter(), bulkhead.enter()]).toEqual([true, true, false]);
    const waiting = bulkhead.waitFor(tenant('t1'), deadlineOf());
    expect([bulkhead.running, bulkhead.queued]).toEqual([2, 1]);
    bulkhead.leave('fine', 0);
    expect(await waiting).toBe('entered');
    expect([bulkhead.running, bulkhead.queued]).toEqual([2, 0]);
  });

  test('A9 a later call does not overtake a call that waits for a slot', async () => {
    const bulkhead = new Bulkhead('x', { maxConcurrent: 1, maxQueued: 5 });
    bulkhead.enter();
    const first = bulkhead.waitFor(tenant('t1'), deadlineOf());
    bulkhead.leave('fine', 0);
    expect(bulkhead.enter()).toBe(false);
    expect(await first).toBe('entered');
  });

  test('A9 when the queue of a bulkhead is full, a call is shed at once and not when its time is up', async () => {
    const bulkhead = new Bulkhead('x', { maxConcurrent: 1, maxQueued: 0 });
    bulkhead.enter();
    expect(await bulkhead.waitFor(tenant('t1'), deadlineOf(3_600_000))).toBe('shed');
  });

  test('A9 a call that waits for a slot is shed after half of its time, because the other half is for the call itself', async () => {
    const bulkhead = new Bulkhead('x', { maxConcurrent: 1, maxQueued: 5 });
    bulkhead.enter();
    const deadline = deadlineOf(200);
    expect(await bulkhead.waitFor(tenant('t1'), deadline)).toBe('shed');
    expect(deadline.remaining()).toBeGreaterThan(20);
    expect(bulkhead.queued).toBe(0);
  });

  test('A3 A9 when the client of a waiting call disconnects, the next call in the queue can start', async () => {
    const bulkhead = new Bulkhead('x', { maxConcurrent: 1, maxQueued: 5 });
    bulkhead.enter();
    const client = new AbortController();
    const gone = bulkhead.waitFor(tenant('t1'), deadlineOf(5_000, client.signal));
    const next = bulkhead.waitFor(tenant('t1'), deadlineOf());
    client.abort();
    bulkhead.leave('fine', 0);
    expect([await gone, await next]).toEqual(['aborted', 'entered']);
    expect([bulkhead.running, bulkhead.queued]).toEqual([1, 0]);
    expect(getEventListeners(client.signal, 'abort')).toEqual([]);
  });

  test.each([
    [{ maxConcurrent: 0 }, 'maxConcurrent'],
    [{ maxConcurrent: 257 }, 'must not be above the 256 connections of an upstream'],
    [{ maxQueued: -1 }, 'maxQueued'],
    [{ maxQueue: 1 } as object, 'maxQueue'],
  ])(
    'A9 the bulkhead settings %j are refused at construction, and the error names upstream and setting',
    (changes, message) => {
      const attempt = () => world.clients('http://127.0.0.1:1', { bulkhead: changes });
      expect(attempt).toThrow(TypeError);
      expect(attempt).toThrow(message);
      expect(attempt).toThrow('bulkhead of other');
    },
  );
});

describe('A9 the limit adapts', () => {
  test('A9 several timeouts within one round trip reduce the limit of the bulkhead once', () => {
    const limit = new ConcurrencyLimit(100);
    for (let i = 0; i < 50; i++) limit.overloaded(0, 10);
    expect(limit.value).toBe(75);
    limit.overloaded(11, 20);
    expect(limit.value).toBe(56);
  });

  test('A9 the limit of the bulkhead grows by about one per round trip while the limit is used, and stays while the upstream is mostly idle', () => {
    const limit = new ConcurrencyLimit(100);
    limit.overloaded(0, 10);
    for (let i = 0; i < 1_000; i++) limit.succeeded(10);
    expect(limit.value).toBe(75);
    for (let i = 0; i < 76; i++) limit.succeeded(75);
    expect(limit.value).toBe(76);
    for (let i = 0; i < 10_000; i++) limit.succeeded(100);
    expect(limit.value).toBe(100);
  });

  test('A9 after any sequence of events, the limit of the bulkhead is within its bounds and recovers', () => {
    const events = fc.array(fc.record({ good: fc.boolean(), running: fc.nat(300), at: fc.nat(1_000) }), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 256 }), events, (ceiling, all) => {
        const limit = new ConcurrencyLimit(ceiling);
        for (const { good, running, at } of all) {
          if (good) limit.succeeded(running);
          else limit.overloaded(at, at + 5);
          expect(limit.value).toBeLessThanOrEqual(ceiling);
          expect(limit.value).toBeGreaterThanOrEqual(Math.min(8, ceiling));
        }
        for (let i = 0; i < ceiling * ceiling + 10; i++) limit.succeeded(ceiling);
        expect(limit.value).toBe(ceiling);
      }),
      { numRuns: 50 },
    );
  });
});

describe('A9 outcomes as signals of load', () => {
  const stageOver = (bulkhead: Bulkhead, outcome: Outcome<never>, status = 0) => {
    const stage = withBulkhead(
      bulkhead,
      2_000,
      () => performance.now(),
      () => undefined,
    );
    return stage<never>(async ({ reply }) => {
      reply.status = status;
      await new Promise((resolve) => setImmediate(resolve));
      return outcome;
    });
  };

  test.each<[Outcome<never>, status: number, ms: number, limit: number]>([
    [{ kind: 'failed', reason: 'timeout' }, 0, 2_000, 75],
    [{ kind: 'failed', reason: 'timeout' }, 0, 300, 100],
    [{ kind: 'failed', reason: 'shed' }, 429, 2_000, 75],
    [{ kind: 'failed', reason: 'error' }, 503, 2_000, 75],
    [{ kind: 'failed', reason: 'error' }, 500, 2_000, 100],
    [{ kind: 'failed', reason: 'error' }, 0, 2_000, 100],
    [{ kind: 'failed', reason: 'bad-response' }, 200, 2_000, 100],
    [{ kind: 'aborted' }, 0, 2_000, 100],
  ])(
    'A9 after the outcome %j with status %i of a call that had %i ms, the limit of the bulkhead is %i',
    async (outcome, status, ms, limit) => {
      const bulkhead = new Bulkhead('x', { maxConcurrent: 100, maxQueued: 0 });
      await stageOver(bulkhead, outcome, status)(requestOf(), scopeOf({ ms }));
      expect([bulkhead.limit, bulkhead.running]).toEqual([limit, 0]);
    },
  );

  test.each<Outcome<never>>([{ kind: 'absent' }, { kind: 'refused', status: 403 }])(
    'A9 after outcomes %j, which are answers of the upstream, the limit of the bulkhead grows again',
    async (outcome) => {
      const bulkhead = new Bulkhead('x', { maxConcurrent: 9, maxQueued: 100 });
      await stageOver(bulkhead, { kind: 'failed', reason: 'shed' })(requestOf(), scopeOf());
      expect(bulkhead.limit).toBe(8);
      const call = stageOver(bulkhead, outcome);
      await Promise.all(Array.from({ length: 24 }, () => call(requestOf(), scopeOf())));
      expect(bulkhead.limit).toBe(9);
    },
  );
});

describe('A9 on the wire', () => {
  /** An upstream that answers when the test releases it. */
  const held = async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const upstream = await world.http((_, response) => {
      waiting.push(() => sendJson(response, the.thing));
      most = Math.max(most, waiting.length);
    });
    return {
      upstream,
      most: () => most,
      arrived: (count: number) => until(() => waiting.length >= count),
      answer: () => waiting.shift()?.(),
    };
  };

  test('A9 A4 a call that finds no free slot is shed with a Retry-After, is not sent and does not count for the breaker', async () => {
    const { upstream, arrived, answer, most } = await held();
    const { clients, breakers, metric } = world.clients(upstream.address, {
      bulkhead: { maxConcurrent: 1, maxQueued: 1 },
      breakers: { 'thing.read': { consecutiveFailures: 1 } },
    });
    const first = clients.thing.read(scopeOf(), { thingId: 'a' });
    await arrived(1);
    const second = clients.thing.read(scopeOf(), { thingId: 'b' });
    const third = await clients.thing.read(scopeOf(), { thingId: 'c' });
    expect(third).toEqual({ kind: 'failed', reason: 'shed', retryAfterMs: 1_000 });
    answer();
    await first;
    await arrived(1);
    answer();
    expect(await second).toMatchObject({ kind: 'value' });
    expect(most()).toBe(1);
    expect(breakers().every(({ state }) => state === 'closed')).toBe(true);
    const labels = { upstream: 'thing', operation: 'read' };
    const events = ['queued', 'shed'].map((event) =>
      metric('bff_upstream_events_total', { ...labels, event }),
    );
    expect(await Promise.all(events)).toEqual([1, 1]);
  });

  test('A9 when the bulkhead of one upstream is full, another upstream is still called', async () => {
    const { upstream, arrived } = await held();
    const idle = await world.http((_, response) => sendJson(response, { label: 'gold' }));
    const { address } = upstream;
    const { clients } = world.clients(address, {
      addresses: { thing: address, other: idle.address },
      bulkhead: { maxConcurrent: 1, maxQueued: 0 },
    });
    const client = new AbortController();
    const stuck = clients.thing.read(scopeOf({ signal: client.signal }), { thingId: 'a' });
    await arrived(1);
    expect(await clients.thing.read(scopeOf(), { thingId: 'b' })).toMatchObject({ reason: 'shed' });
    expect(await clients.other.read(scopeOf(), { otherId: 'b' })).toMatchObject({ kind: 'value' });
    client.abort();
    await stuck;
  });

  test('A9 the bulkhead that a service declares takes precedence over the bulkhead of the settings', async () => {
    const { upstream, arrived, answer } = await held();
    const narrow = service(
      'narrow',
      { address: upstream.address, bulkhead: { maxConcurrent: 1 } },
      { read: get('/narrow/{id}', { response: z.object({}) }) },
    );
    const { clients } = world.clientsOf({ narrow }, upstream.address, {
      bulkhead: { maxConcurrent: 10, maxQueued: 0 },
    });
    const first = clients.narrow.read(scopeOf(), { id: '1' });
    await arrived(1);
    expect(await clients.narrow.read(scopeOf(), { id: '2' })).toMatchObject({ reason: 'shed' });
    answer();
    expect(await first).toMatchObject({ kind: 'value' });
  });

  test('A9 when one tenant sends ten times its share, the calls of another tenant are still answered in time', async () => {
    const { upstream, arrived, answer } = await held();
    const { clients } = world.clients(upstream.address, {
      bulkhead: { maxConcurrent: 1, maxQueued: 10 },
    });
    const noisy = Array.from({ length: 20 }, (_, i) =>
      clients.thing.read(scopeOf(), { thingId: `noisy-${i}` }),
    );
    await arrived(1);
    let done = false;
    const quiet = clients.thing
      .read(scopeOf({ tenant: tenant('t2') }), { thingId: 'quiet' })
      .then((outcome) => {
        done = true;
        return outcome;
      });
    let answered = 0;
    while (!done) {
      await arrived(1);
      answer();
      answered++;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await quiet).toMatchObject({ kind: 'value' });
    expect(answered).toBeLessThanOrEqual(3);
    const rest = setInterval(answer, 1);
    await Promise.all(noisy);
    clearInterval(rest);
  });
});
