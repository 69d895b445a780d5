import { expect, test } from '@jest/globals';
import { StandingQueue } from '../../src/admission/standing-queue.ts';

/** A queue in which a request begins and another one arrives every 100 ms, each after the given wait. */
function withWaits(
  waits: readonly number[],
  { queue = new StandingQueue(1_000), from = 0, arrivals = 1 } = {},
): StandingQueue {
  waits.forEach((waitedMs, at) => {
    for (let arrival = 0; arrival < arrivals; arrival++) queue.arrived(from + at * 100);
    queue.began(waitedMs, from + at * 100);
  });
  return queue;
}

const many = (count: number, waitedMs: number): number[] => Array.from({ length: count }, () => waitedMs);
/** The shortest period after which a queue is standing. */
const standing = many(21, 1_000);

test.each([
  ['short delays', many(50, 999)],
  ['a delay above the maximum for less than two intervals', [...many(20, 1_400), 900]],
  [
    'two periods above the maximum, each shorter than two intervals',
    [...many(20, 1_400), 900, ...many(20, 1_400)],
  ],
])('A9 a queue is not standing after %s', (_circumstance, waits) => {
  expect(withWaits(waits).isStanding).toBe(false);
});

test('A9 a queue is standing after its delay was at the maximum for two intervals', () => {
  expect(withWaits(standing).isStanding).toBe(true);
});

test('A9 a queue is standing at the earliest two intervals after the process has ceased to be cold', () => {
  const queue = withWaits(many(51, 1_400), { queue: new StandingQueue(1_000, 5_000) });
  withWaits(many(20, 1_400), { queue, from: 5_000 });
  expect(queue.isStanding).toBe(false);
  withWaits(standing, { queue, from: 7_000 });
  expect(queue.isStanding).toBe(true);
});

test('A9 a queue that drains is not standing, however long its delay is above the maximum', () => {
  const queue = new StandingQueue(1_000);
  // In each interval ten requests arrive and eleven begin.
  for (let at = 0; at < 100; at++) {
    queue.arrived(at * 100);
    queue.began(1_400, at * 100);
    if (at % 10 === 5) queue.began(1_400, at * 100);
  }
  expect(queue.isStanding).toBe(false);
});

test('A9 a queue that drains in one interval is standing only two intervals later', () => {
  const queue = withWaits(many(11, 1_400));
  for (let at = 0; at < 9; at++) queue.began(1_400, 1_100 + at * 100);
  expect(withWaits(many(18, 1_400), { queue, from: 2_200 }).isStanding).toBe(false);
  expect(withWaits(many(3, 1_400), { queue, from: 4_000 }).isStanding).toBe(true);
});

test('A9 a standing queue with short delays stops standing only after an interval almost without rejections', () => {
  const queue = withWaits(standing);
  queue.rejected();
  withWaits(many(11, 10), { queue, from: 2_100 });
  // One of ten requests was rejected in the first interval, and none in the second.
  expect(queue.isStanding).toBe(true);
  withWaits(many(11, 10), { queue, from: 3_200 });
  expect(queue.isStanding).toBe(false);
});

test('A9 a standing queue in which nothing is rejected, because only logins and writes wait, stops standing only after an interval with a short delay', () => {
  const queue = withWaits(standing);
  for (let now = 2_100; now < 5_100; now += 100) {
    queue.began(1_200, now);
    expect(queue.isStanding).toBe(true);
  }
  withWaits(many(21, 10), { queue, from: 5_100 });
  expect(queue.isStanding).toBe(false);
});

test('A9 a standing queue that is empty for most of an interval stops standing, however many requests are rejected', () => {
  const queue = withWaits(standing);
  queue.emptied(2_050);
  queue.arrived(2_900);
  for (let times = 0; times < 100; times++) queue.rejected();
  queue.observe(50, 3_050);
  expect(queue.isStanding).toBe(false);
});

test('A9 a standing queue that is observed seldom, because the event loop stalls, remains standing while requests wait and are rejected', () => {
  const queue = new StandingQueue(20);
  for (let at = 0; at < 100; at++) {
    queue.arrived(at * 70);
    queue.observe(70, at * 70);
    queue.rejected();
  }
  expect(queue.isStanding).toBe(true);
});

test('A9 a queue that was standing is standing again only after another two intervals above the maximum', () => {
  const queue = withWaits([...standing, ...many(11, 10)]);
  expect(queue.isStanding).toBe(false);
  withWaits(many(20, 1_400), { queue, from: 3_200 });
  expect(queue.isStanding).toBe(false);
  withWaits(many(3, 1_400), { queue, from: 5_200 });
  expect(queue.isStanding).toBe(true);
});
