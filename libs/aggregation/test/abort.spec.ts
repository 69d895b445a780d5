import { getEventListeners } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { Deadline, type Outcome } from '@bff/service-kit';
import { aggregate, defineScreen } from '../src/index.ts';
import { failed, oneThing, thingScreen, twoTags, visit } from './thing-screen.ts';

describe('A3 the client disconnects', () => {
  test('when the client disconnects during the calls, the screen is aborted at once, and the signal of the sources has the reason', async () => {
    const { screen, thing, tags, unexpected } = thingScreen();
    const { client, deadline } = visit();
    const result = aggregate(screen, null, deadline);
    tags.answer(twoTags);
    client.abort('socket closed');
    expect(thing.deadlines[0]?.signal.aborted).toBe(true);
    expect(thing.deadlines[0]?.signal.reason).toBe('socket closed');
    expect(await result).toEqual({ kind: 'aborted' });
    thing.break(new Error('read after the end'));
    await new Promise(setImmediate);
    expect(unexpected).toEqual([]);
  });

  test('when the client has disconnected before the start, no source is called', async () => {
    const { screen, thing, tags } = thingScreen();
    const { client, deadline } = visit();
    client.abort();
    expect(await aggregate(screen, null, deadline)).toEqual({ kind: 'aborted' });
    expect([...thing.deadlines, ...tags.deadlines]).toEqual([]);
  });

  test('when the client disconnects after the answer, the signal of the sources does not abort', async () => {
    const { screen, thing, tags } = thingScreen();
    const { client, deadline } = visit();
    const result = aggregate(screen, null, deadline);
    thing.answer(oneThing);
    tags.answer(failed('error'));
    expect(await result).toMatchObject({ kind: 'view' });
    client.abort();
    expect(thing.deadlines[0]?.signal.aborted).toBe(false);
  });

  test('A11 10,000 screens of every kind leave no listener on a long-lived signal', async () => {
    const { signal } = new AbortController();
    const outcomes: Outcome<{ title: string }>[] = [
      { kind: 'value', value: { title: 'One' } },
      { kind: 'absent' },
      { kind: 'failed', reason: 'error' },
    ];
    let turn = 0;
    const screen = defineScreen<null>()({
      name: 's',
      budgetMs: 1_000,
      sources: {
        thing: {
          fallback: { title: '' },
          whenAbsent: 'fail',
          read: async () => outcomes[turn++ % outcomes.length] as Outcome<{ title: string }>,
        },
      },
    });
    const kinds = new Set<string>();
    for (let run = 0; run < 10_000; run++)
      kinds.add((await aggregate(screen, null, Deadline.after(1_000, signal))).kind);
    expect([...kinds].sort()).toEqual(['failed', 'lost', 'view']);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
