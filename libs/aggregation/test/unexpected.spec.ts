import { describe, expect, test } from '@jest/globals';
import type { Outcome } from '@bff/service-kit';
import { aggregate, defineScreen } from '../src/index.ts';
import { byDefault, thingScreen, twoTags, visit } from './thing-screen.ts';

describe('a bug in a source degrades that source as an error and is reported', () => {
  test('a source whose read rejects is degraded with the reason error, and the error is reported', async () => {
    const { screen, thing, tags, unexpected } = thingScreen();
    const result = aggregate(screen, 'the scope', visit().deadline);
    const error = new Error('undefined is not a function');
    thing.break(error);
    tags.answer(twoTags);
    expect(await result).toMatchObject({ kind: 'view', degraded: [byDefault('thing', 'error')] });
    expect(unexpected).toEqual([{ error, source: 'thing', scope: 'the scope' }]);
  });

  test('a source whose read throws synchronously is degraded with the reason error, and the sources after it are still called', async () => {
    const { screen, thing, tags, unexpected } = thingScreen();
    thing.read = () => {
      throw new TypeError('no client');
    };
    const result = aggregate(screen, null, visit().deadline);
    tags.answer(twoTags);
    expect(await result).toMatchObject({ kind: 'view', degraded: [byDefault('thing', 'error')] });
    expect(unexpected).toMatchObject([{ source: 'thing' }]);
  });

  test.each([
    undefined,
    null,
    'text',
    {},
    { kind: 'surprise' },
    { kind: 'value' },
    { kind: 'value', value: null },
    { kind: 'value', value: 'text' },
    { kind: 'failed', reason: 'error', stale: { value: 3, ageMs: 1 } },
  ])('a source whose read resolves with %j is degraded with the reason error', async (nonsense) => {
    const { screen, thing, tags, unexpected } = thingScreen();
    const result = aggregate(screen, null, visit().deadline);
    thing.answer(nonsense as Outcome<never>);
    tags.answer(twoTags);
    expect(await result).toMatchObject({ kind: 'view', degraded: [byDefault('thing', 'error')] });
    expect(unexpected).toMatchObject([{ error: expect.any(TypeError), source: 'thing' }]);
  });

  test('a required source that throws fails the screen', async () => {
    const { screen, thing } = thingScreen({ required: true });
    const result = aggregate(screen, null, visit().deadline);
    thing.break(new Error());
    expect(await result).toEqual({ kind: 'failed', source: 'thing', cause: 'error' });
  });

  test.each([
    [
      'a reporter that throws',
      () => {
        throw new Error('log is full');
      },
    ],
    ['a missing reporter', undefined],
  ])('when a source throws, %s does not change the answer', async (_title, onUnexpected) => {
    const screen = defineScreen<null>()({
      name: 's',
      budgetMs: 1_000,
      sources: {
        thing: { fallback: { title: '' }, read: () => Promise.reject(new Error()) },
        tags: { fallback: { tags: 'none' }, read: async () => ({ kind: 'absent' }) },
      },
      onUnexpected,
    });
    expect(await aggregate(screen, null, visit().deadline)).toMatchObject({
      view: { title: '', tags: 'none' },
    });
  });
});
