import { describe, expect, test } from '@jest/globals';
import { TurnQueue } from '../../src/admission/turn-queue.ts';
import { capacity, p99, runLoop, type Answered } from './virtual-loop.ts';

function byHand(startsPerTurn = 2, leastTurns = 0) {
  let now = 0;
  const due: (() => void)[] = [];
  const seen: string[] = [];
  const queue = new TurnQueue<string>({
    startsPerTurn,
    maxDelayMs: 5,
    leastTurns,
    clock: () => now,
    nextTurn: (callback) => void due.push(callback),
  });
  return {
    queue,
    seen,
    ask: (key: string, name: string) => {
      if (queue.take()) seen.push(name);
      else
        queue.wait(key, {
          start: () => void seen.push(name),
          refuse: () => void seen.push(`${name} refused`),
        });
    },
    /** Turns the loop once, so much later. False: nothing was to be done. */
    turn: (ms = 0) => {
      now += ms;
      const callbacks = due.splice(0);
      for (const callback of callbacks) callback();
      return callbacks.length > 0;
    },
  };
}

/** One begins in a turn, and in sixty milliseconds somebody always waited. */
function aLineThatStands() {
  const line = byHand(1);
  line.ask('a', 'first');
  line.ask('a', 'always one waits');
  for (let i = 0; i < 30; i++) {
    line.ask('a', String(i));
    line.turn(2);
  }
  return line;
}

describe('A9 turns', () => {
  test('A9 what fits into a turn begins at once; the rest in the next ones, in its order', () => {
    const { ask, seen, turn } = byHand();
    for (const name of ['1', '2', '3', '4', '5']) ask('a', name);
    expect(seen).toEqual(['1', '2']);
    turn();
    expect(seen).toEqual(['1', '2', '3', '4']);
    turn();
    expect(seen).toEqual(['1', '2', '3', '4', '5']);
  });

  test('A9 an idle loop is not woken', () => {
    const { ask, turn } = byHand();
    ask('a', '1');
    expect(turn()).toBe(true);
    expect(turn()).toBe(false);
  });

  test('A9 nobody overtakes who waits', () => {
    const { queue, ask, turn } = byHand(1);
    ask('a', '1');
    ask('a', '2');
    ask('a', '3');
    turn();
    expect(queue.take()).toBe(false);
  });

  test('A9 keys begin in turn, however many of one wait', () => {
    const { ask, seen, turn } = byHand();
    for (let i = 0; i < 10; i++) ask('loud', `loud ${i}`);
    ask('quiet', 'quiet');
    turn();
    expect(seen).toEqual(['loud 0', 'loud 1', 'loud 2', 'quiet']);
  });

  test('A9 a burst waits as long as ten times the delay; what would wait longer is refused', () => {
    const { ask, seen, turn } = byHand(1);
    for (const name of ['1', '2', '3', '4']) ask('a', name);
    turn(50);
    expect(seen).toEqual(['1', '2']);
    turn(1);
    expect(seen).toEqual(['1', '2', '3 refused', '4 refused']);
  });

  test('A9 nobody is refused before some turns, however long they take', () => {
    const { ask, seen, turn } = byHand(1, 2);
    for (const name of ['1', '2', '3', '4']) ask('a', name);
    turn(1_000);
    turn(1_000);
    expect(seen).toEqual(['1', '2', '3']);
    turn(1_000);
    expect(seen).toEqual(['1', '2', '3', '4 refused']);
  });

  test('A9 a line that stands refuses after the delay itself, one that was empty is a burst again', () => {
    const { ask, seen, turn } = aLineThatStands();
    ask('a', 'late');
    turn(2);
    expect(seen).not.toContainEqual(expect.stringContaining('refused'));
    turn(4);
    expect(seen.at(-1)).toBe('late refused');
    while (turn());
    turn(51);
    ask('a', 'next');
    ask('a', 'of a burst');
    turn(20);
    expect(seen.slice(-2)).toEqual(['next', 'of a burst']);
  });

  test('A9 in a crowded line who came last begins first, and who was overtaken is refused soon', () => {
    const { ask, seen, turn } = aLineThatStands();
    seen.length = 0;
    const names = Array.from({ length: 30 }, (_, at) => `late ${at}`);
    for (const name of names) ask('a', name);
    turn(1);
    expect(seen).toEqual(['29 refused', 'late 29']);
    turn(0);
    expect(seen.slice(2)).toEqual(['late 28']);
    turn(1);
    expect(seen.slice(3)).toEqual(names.slice(0, 28).map((name) => `${name} refused`));
  });

  test('A9 a line that is empty for having been refused is no burst; that of another key is', () => {
    const { ask, seen, turn } = byHand(1);
    for (const name of ['1', '2', '3']) ask('a', name);
    turn(51);
    expect(seen).toEqual(['1', '2 refused', '3 refused']);
    ask('b', 'begins');
    for (const key of ['a', 'b']) ask(key, `${key} waits`);
    turn(6);
    turn(6);
    expect(seen.slice(3)).toEqual(['begins', 'a waits refused', 'b waits']);
  });
});

/** An event loop whose time is counted, not measured: see virtual-loop.ts. */
describe('A9 a loop at more than it can do', () => {
  const accepted = (all: readonly Answered[]) => all.filter(({ refused }) => !refused);
  const load = (times: number) => ({ u1: times * capacity });
  /** From a second after it began: until then it may be a burst. */
  const settled = (all: readonly Answered[]) => all.filter(({ arrivedAt }) => arrivedAt > 1_000);

  test.each([
    [2, 3, { everyMs: Infinity, ms: 0 }],
    [2, 6, { everyMs: Infinity, ms: 0 }],
    [20, 1.2, { everyMs: Infinity, ms: 0 }],
    [20, 2, { everyMs: Infinity, ms: 0 }],
    [20, 3, { everyMs: Infinity, ms: 0 }],
    [20, 6, { everyMs: Infinity, ms: 0 }],
    [20, 2, { everyMs: 1_500, ms: 60 }],
    [20, 6, { everyMs: 1_500, ms: 60 }],
  ])(
    'A9 services take %p ms, %p times, stalls %p: those accepted take at most twice what they take at half load',
    (upstreamMs, times, stall) => {
      const run = (times: number) =>
        settled(runLoop([{ seconds: 6, load: load(times) }], { upstreamMs, stall }));
      const all = run(times);
      expect(p99(accepted(all))).toBeLessThan(2 * p99(run(0.5)));
      expect(accepted(all).length / 5).toBeGreaterThan(0.6 * capacity);
    },
  );

  test.each([1, 8, 16, 24])(
    'A9 %p clients that ask again at once: all are served, and five seconds after an overload again',
    (count) => {
      const clients = { key: 'u1', count };
      const all = runLoop(
        [
          { seconds: 2, load: {}, clients },
          { seconds: 2, load: load(3) },
          { seconds: 8, load: {}, clients },
        ],
        { upstreamMs: 2 },
      );
      const theirs = all.filter(({ arrivedAt }) => arrivedAt < 1_900 || arrivedAt > 9_200);
      expect(theirs.length).toBeGreaterThan(1_500);
      expect(accepted(theirs)).toHaveLength(theirs.length);
    },
  );

  test.each([0.5, 0.8])('A9 %p times: nobody is refused', (times) => {
    const all = runLoop([{ seconds: 5, load: load(times) }]);
    expect(accepted(all)).toHaveLength(all.length);
  });

  test('A9 after it, within two seconds, all is as before', () => {
    const all = runLoop([
      { seconds: 3, load: load(3) },
      { seconds: 5, load: load(0.5) },
    ]);
    const after = all.filter(({ arrivedAt }) => arrivedAt > 5_000);
    expect(accepted(after)).toHaveLength(after.length);
    expect(p99(after)).toBeLessThan(1.2 * p99(runLoop([{ seconds: 5, load: load(0.5) }])));
  });

  test('A9 one tenant at ten times its share: the others keep their answers and their time', () => {
    const quiet = 0.25 * capacity;
    const alone = runLoop([{ seconds: 5, load: { quiet } }]);
    const all = runLoop([{ seconds: 5, load: { quiet, loud: 10 * quiet } }]);
    const others = all.filter(({ key }) => key === 'quiet');
    expect(accepted(others).length / others.length).toBeGreaterThan(0.97);
    expect(p99(accepted(others))).toBeLessThan(2 * p99(alone));
  });
});
