import { describe, expect, test } from '@jest/globals';
import { aggregate } from '../src/index.ts';
import { alice, failed, profile, stale, twoOrders, visit } from './profile-screen.ts';

describe('a required source', () => {
  test.each([
    [failed('timeout'), { cause: 'timeout' }],
    [failed('open', 8_000), { cause: 'unavailable', retryAfterMs: 8_000 }],
    [failed('shed'), { cause: 'unavailable' }],
    [failed('error'), { cause: 'error' }],
    [failed('bad-response'), { cause: 'error' }],
    [{ kind: 'refused', status: 401 }, { cause: 'error' }],
    [{ kind: 'aborted' }, { cause: 'error' }],
  ] as const)('%j fails the screen at once and aborts the others', async (outcome, failure) => {
    const { screen, user, orders } = profile({ required: true });
    const result = aggregate(screen, null, visit().deadline, { name: 'Guest' });
    user.answer(outcome);
    expect(await result).toEqual({ kind: 'failed', source: 'user', ...failure });
    expect(orders.deadlines[0]?.signal.aborted).toBe(true);
  });

  test('A7 its stale copy is something to show', async () => {
    const { screen, user, orders } = profile({ required: true });
    const result = aggregate(screen, null, visit().deadline);
    user.answer(stale({ name: 'Alice', email: '' }, 7));
    orders.answer(twoOrders);
    expect(await result).toMatchObject({ kind: 'view', degraded: [{ source: 'user', fallback: 'stale' }] });
  });

  test('absent is not a failure, unless the screen is about it', async () => {
    const { screen, user, orders } = profile({ required: true });
    const result = aggregate(screen, null, visit().deadline);
    user.answer({ kind: 'absent' });
    orders.answer(twoOrders);
    expect(await result).toMatchObject({ kind: 'view', view: { name: 'Unknown User' }, degraded: [] });
  });

  test('the others may fail', async () => {
    const { screen, user, orders } = profile({ required: true });
    const result = aggregate(screen, null, visit().deadline);
    orders.answer(failed('error'));
    user.answer(alice);
    expect(await result).toMatchObject({ kind: 'view', view: { name: 'Alice', orders: [] } });
  });
});

describe("whenAbsent: 'fail'", () => {
  test('absent fails the screen as absent, at once', async () => {
    const { screen, user, orders } = profile({ whenAbsent: 'fail' });
    const result = aggregate(screen, null, visit().deadline);
    user.answer({ kind: 'absent' });
    expect(await result).toEqual({ kind: 'failed', source: 'user', cause: 'absent' });
    expect(orders.deadlines[0]?.signal.aborted).toBe(true);
  });

  test('another failure only degrades', async () => {
    const { screen, user, orders } = profile({ whenAbsent: 'fail' });
    const result = aggregate(screen, null, visit().deadline);
    user.answer(failed('error'));
    orders.answer(twoOrders);
    expect(await result).toMatchObject({ kind: 'view', degraded: [{ source: 'user' }] });
  });
});
