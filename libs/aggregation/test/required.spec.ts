import { describe, expect, test } from '@jest/globals';
import { aggregate } from '../src/index.ts';
import { failed, oneThing, stale, thingScreen, twoTags, visit } from './thing-screen.ts';

describe('a required source', () => {
  test.each([
    [failed('timeout'), { cause: 'timeout' }],
    [failed('open', 8_000), { cause: 'unavailable', retryAfterMs: 8_000 }],
    [failed('shed'), { cause: 'unavailable' }],
    [failed('error'), { cause: 'error' }],
    [failed('bad-response'), { cause: 'error' }],
    [{ kind: 'refused', status: 401 }, { cause: 'error' }],
    [{ kind: 'aborted' }, { cause: 'error' }],
  ] as const)(
    'a required source that ends with %j fails the screen at once and aborts the other sources',
    async (outcome, failure) => {
      const { screen, thing, tags } = thingScreen({ required: true });
      const result = aggregate(screen, null, visit().deadline, { title: 'Sample' });
      thing.answer(outcome);
      expect(await result).toEqual({ kind: 'failed', source: 'thing', ...failure });
      expect(tags.deadlines[0]?.signal.aborted).toBe(true);
    },
  );

  test('A7 a required source that fails does not fail the screen when it has a stale answer', async () => {
    const { screen, thing, tags } = thingScreen({ required: true });
    const result = aggregate(screen, null, visit().deadline);
    thing.answer(stale({ title: 'One', note: '' }, 7));
    tags.answer(twoTags);
    expect(await result).toMatchObject({
      degraded: [{ source: 'thing', fallback: 'stale' }],
      usesFallback: false,
    });
  });

  test('a required source that answers 404 does not fail the screen when whenAbsent has its default value', async () => {
    const { screen, thing, tags } = thingScreen({ required: true });
    const result = aggregate(screen, null, visit().deadline);
    thing.answer({ kind: 'absent' });
    tags.answer(twoTags);
    expect(await result).toMatchObject({
      kind: 'view',
      view: { title: 'Untitled' },
      degraded: [],
      usesFallback: true,
    });
  });

  test('a screen with a required source does not fail when another source fails', async () => {
    const { screen, thing, tags } = thingScreen({ required: true });
    const result = aggregate(screen, null, visit().deadline);
    tags.answer(failed('error'));
    thing.answer(oneThing);
    expect(await result).toMatchObject({
      kind: 'view',
      view: { title: 'One', tags: [] },
      usesFallback: true,
    });
  });
});

describe("whenAbsent: 'fail'", () => {
  test('with whenAbsent "fail", a source that answers 404 fails the screen at once with the cause absent', async () => {
    const { screen, thing, tags } = thingScreen({ whenAbsent: 'fail' });
    const result = aggregate(screen, null, visit().deadline);
    thing.answer({ kind: 'absent' });
    expect(await result).toEqual({ kind: 'failed', source: 'thing', cause: 'absent' });
    expect(tags.deadlines[0]?.signal.aborted).toBe(true);
  });

  test('with whenAbsent "fail", a failure other than a 404 only degrades the screen', async () => {
    const { screen, thing, tags } = thingScreen({ whenAbsent: 'fail' });
    const result = aggregate(screen, null, visit().deadline);
    thing.answer(failed('error'));
    tags.answer(twoTags);
    expect(await result).toMatchObject({ kind: 'view', degraded: [{ source: 'thing' }] });
  });
});
