import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Deadline, Outcome } from '@bff/service-kit';
import { aggregate, defineScreen } from '../src/index.ts';
import { byDefault, oneThing, Scripted, stale, thingScreen, twoTags, visit } from './thing-screen.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

/** Returns whether the promise has settled. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol();
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

describe('A2 budgets', () => {
  test('when every source hangs, the screen answers when its budget ends, and not before', async () => {
    const { screen, thing } = thingScreen();
    const result = aggregate(screen, null, visit(60_000).deadline);
    await jest.advanceTimersByTimeAsync(1_999);
    expect(await isSettled(result)).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(await result).toEqual({
      kind: 'lost',
      degraded: [byDefault('thing', 'timeout'), byDefault('tags', 'timeout')],
    });
    expect(thing.deadlines[0]?.signal.aborted).toBe(true);
  });

  test('when the deadline of the request is earlier than the end of the budget, the screen answers at the deadline', async () => {
    const { screen } = thingScreen();
    const result = aggregate(screen, null, visit(300).deadline);
    await jest.advanceTimersByTimeAsync(300);
    expect(await result).toMatchObject({ kind: 'lost' });
  });

  test('when the shorter budget of one source ends, that source is abandoned and the screen waits for the others', async () => {
    const { screen, thing, tags } = thingScreen({ budgetMs: 500 });
    const result = aggregate(screen, null, visit().deadline);
    await jest.advanceTimersByTimeAsync(500);
    thing.answer(oneThing);
    await jest.advanceTimersByTimeAsync(100);
    tags.answer(twoTags);
    expect(await result).toMatchObject({
      view: { title: 'Untitled', tags: [{ id: 'a1' }, { id: 'a2' }] },
      degraded: [byDefault('thing', 'timeout')],
      timings: [
        { source: 'thing', durationMs: 500 },
        { source: 'tags', durationMs: 600 },
      ],
    });
  });

  test('when a required source hangs, the screen fails with the cause timeout', async () => {
    const { screen } = thingScreen({ required: true, budgetMs: 500 });
    const result = aggregate(screen, null, visit().deadline);
    await jest.advanceTimersByTimeAsync(500);
    expect(await result).toEqual({ kind: 'failed', source: 'thing', cause: 'timeout' });
  });

  test('when a request has no remaining time, no source is called', async () => {
    const { screen, thing, tags } = thingScreen();
    const { deadline } = visit(50);
    await jest.advanceTimersByTimeAsync(50);
    expect(await aggregate(screen, null, deadline)).toEqual({
      kind: 'lost',
      degraded: [byDefault('thing', 'timeout'), byDefault('tags', 'timeout')],
    });
    expect([...thing.deadlines, ...tags.deadlines]).toEqual([]);
  });

  test.each([
    [2_000, 1_980],
    [100, 95],
  ])('in a screen with a budget of %d ms the deadline of a source is %d ms', (budgetMs, told) => {
    const source = new Scripted({ title: '' });
    const { client, deadline } = visit(budgetMs);
    void aggregate(defineScreen<null>()({ name: 's', budgetMs, sources: { source } }), null, deadline);
    expect(source.deadlines[0]?.remaining()).toBeCloseTo(told);
    client.abort();
  });

  test('a source that returns a stale answer when its own deadline expires is still in time for the screen', async () => {
    const screen = defineScreen<null>()({
      name: 's',
      budgetMs: 1_000,
      sources: {
        thing: {
          fallback: { title: 'Untitled' },
          read: (_scope: null, deadline: Deadline): Promise<Outcome<{ title: string }>> =>
            new Promise((resolve) => {
              setTimeout(() => resolve(stale({ title: 'One' }, 9)), deadline.remaining());
            }),
        },
      },
    });
    const result = aggregate(screen, null, visit(1_000).deadline);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await result).toMatchObject({ kind: 'view', view: { title: 'One' } });
  });

  test('sources of a screen with the same budget share one timer', () => {
    const sources = {
      a: new Scripted({ a: 0 }, { budgetMs: 500 }),
      b: new Scripted({ b: 0 }),
      c: new Scripted({ c: 0 }, { budgetMs: 500 }),
      d: new Scripted({ d: 0 }, { budgetMs: 1_000 }),
    };
    const { client, deadline } = visit();
    void aggregate(defineScreen<null>()({ name: 's', budgetMs: 1_000, sources }), null, deadline);
    expect(jest.getTimerCount()).toBe(2);
    client.abort();
  });
});
