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
  [
    'two periods above the maximum, each shorter than an interval',
    [...many(9, 1_400), 900, ...many(9, 1_400)],
  ],
])('A9 a queue is not standing after %s', (_circumstance, waits) => {
  expect(withWaits(waits).isStanding).toBe(false);
});

test('A9 a queue is standing after its delay was at the maximum for an interval', () => {
  expect(withWaits(many(11, 1_000)).isStanding).toBe(true);
});

test('A9 a standing queue with short delays stops standing only after an interval almost without rejections', () => {
  const queue = withWaits(many(11, 1_000));
  queue.rejected();
  withWaits(many(11, 10), queue, 1_100);
  // One of ten requests was rejected in the first interval, and none in the second.
  expect(queue.isStanding).toBe(true);
  withWaits(many(11, 10), queue, 2_200);
  expect(queue.isStanding).toBe(false);
});

test('A9 a standing queue in which nothing is rejected, because only logins and writes wait, stops standing only after an interval with a short delay', () => {
  const queue = withWaits(many(11, 1_000));
  for (let now = 1_100; now < 4_100; now += 100) {
    queue.began(1_200, now);
    expect(queue.isStanding).toBe(true);
  }
  withWaits(many(21, 10), queue, 4_100);
  expect(queue.isStanding).toBe(false);
});

test('A9 a standing queue that is empty for most of an interval stops standing, however many requests are rejected', () => {
  const queue = withWaits(many(11, 1_000));
  queue.emptied(1_050);
  queue.filled(1_900);
  for (let times = 0; times < 100; times++) queue.rejected();
  queue.observe(50, 2_050);
  expect(queue.isStanding).toBe(false);
});

test('A9 a standing queue that is observed seldom, because the event loop stalls, remains standing while requests wait and are rejected', () => {
  const queue = new StandingQueue(20);
  for (let at = 0; at < 100; at++) {
    queue.observe(70, at * 70);
    queue.rejected();
  }
  expect(queue.isStanding).toBe(true);
});

test('A9 a queue that was standing is standing again only after another interval above the maximum', () => {
  const queue = withWaits([...many(11, 1_000), ...many(11, 10)]);
  expect(queue.isStanding).toBe(false);
  withWaits(many(10, 1_400), queue, 2_200);
  expect(queue.isStanding).toBe(false);
  withWaits(many(2, 1_400), queue, 3_200);
  expect(queue.isStanding).toBe(true);
});
