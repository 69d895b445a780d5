import { expect, test } from '@jest/globals';
import { StandingQueue } from '../../src/admission/standing-queue.ts';

/** A queue in which a request begins every 100 ms, each after the given wait. */
function withWaits(waits: readonly number[], queue = new StandingQueue(1_000), from = 0): StandingQueue {
  waits.forEach((waitedMs, at) => queue.began(waitedMs, from + at * 100));
  return queue;
}

const many = (count: number, waitedMs: number): number[] => Array.from({ length: count }, () => waitedMs);

test.each([
  ['short delays', many(50, 999)],
  ['a delay above the maximum for less than an interval', [...many(10, 1_400), 900]],
  ['two such delays, one after the other', [...many(9, 1_400), 900, ...many(9, 1_400)]],
])('A9 %s: the queue is not standing', (_circumstance, waits) => {
  expect(withWaits(waits).isStanding).toBe(false);
});

test('A9 a delay above the maximum for an interval: the queue is standing', () => {
  expect(withWaits(many(11, 1_000)).isStanding).toBe(true);
});

test('A9 a standing queue remains standing through short delays while requests are rejected, and until an interval in which hardly any is', () => {
  const queue = withWaits(many(11, 1_000));
  queue.rejected();
  withWaits(many(11, 10), queue, 1_100);
  // One of ten requests was rejected in the first interval, and none in the second.
  expect(queue.isStanding).toBe(true);
  withWaits(many(11, 10), queue, 2_200);
  expect(queue.isStanding).toBe(false);
});

test('A9 after an interval without requests, a queue is no longer standing', () => {
  const queue = withWaits(many(11, 1_000));
  for (let times = 0; times < 100; times++) queue.rejected();
  queue.observe(500, 3_000);
  expect(queue.isStanding).toBe(false);
});

test('A9 a queue that was standing is standing again only after another interval above the maximum', () => {
  const queue = withWaits([...many(11, 1_000), ...many(11, 10)]);
  expect(queue.isStanding).toBe(false);
  withWaits(many(10, 1_400), queue, 2_200);
  expect(queue.isStanding).toBe(false);
  withWaits(many(2, 1_400), queue, 3_200);
  expect(queue.isStanding).toBe(true);
});
