import { describe, expect, test } from '@jest/globals';
import { type Outcome } from '@bff/service-kit';
import { aggregate, defineScreen } from '../src/index.ts';
import { byDefault, profile, twoOrders, visit } from './profile-screen.ts';

describe('a bug in a source degrades that source as an error and is reported', () => {
  test('a read that rejects', async () => {
    const { screen, user, orders, unexpected } = profile();
    const result = aggregate(screen, 'the scope', visit().deadline);
    const error = new Error('undefined is not a function');
    user.break(error);
    orders.answer(twoOrders);
    expect(await result).toMatchObject({ kind: 'view', degraded: [byDefault('user', 'error')] });
    expect(unexpected).toEqual([{ error, source: 'user', scope: 'the scope' }]);
  });

  test('a read that throws before it returns a promise: the sources after it are asked all the same', async () => {
    const { screen, user, orders, unexpected } = profile();
    user.read = () => {
      throw new TypeError('no client');
    };
    const result = aggregate(screen, null, visit().deadline);
    orders.answer(twoOrders);
    expect(await result).toMatchObject({ kind: 'view', degraded: [byDefault('user', 'error')] });
    expect(unexpected).toMatchObject([{ source: 'user' }]);
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
  ])('a read that resolves with %j', async (nonsense) => {
    const { screen, user, orders, unexpected } = profile();
    const result = aggregate(screen, null, visit().deadline);
    user.answer(nonsense as Outcome<never>);
    orders.answer(twoOrders);
    expect(await result).toMatchObject({ kind: 'view', degraded: [byDefault('user', 'error')] });
    expect(unexpected).toMatchObject([{ error: expect.any(TypeError), source: 'user' }]);
  });

  test('a required source that throws fails the screen', async () => {
    const { screen, user } = profile({ required: true });
    const result = aggregate(screen, null, visit().deadline);
    user.break(new Error());
    expect(await result).toEqual({ kind: 'failed', source: 'user', cause: 'error' });
  });

  test.each([
    [
      'a reporter that throws',
      () => {
        throw new Error('log is full');
      },
    ],
    ['no reporter', undefined],
  ])('%s costs nothing', async (_title, onUnexpected) => {
    const screen = defineScreen<null>()({
      name: 's',
      budgetMs: 1_000,
      sources: {
        user: { fallback: { name: '' }, read: () => Promise.reject(new Error()) },
        tier: { fallback: { tier: 'standard' }, read: async () => ({ kind: 'absent' }) },
      },
      onUnexpected,
    }); // prettier-ignore
    expect(await aggregate(screen, null, visit().deadline)).toMatchObject({
      view: { name: '', tier: 'standard' },
    });
  });
});
