import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { aggregate, defineScreen } from '../src/index.ts';
import {
  alice,
  byDefault,
  failed,
  profile,
  Scripted,
  stale,
  twoOrders,
  value,
  visit,
} from './profile-screen.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

describe('all sources answer', () => {
  test('one view in the order of declaration, complete, with the time of each source', async () => {
    const { screen, user, orders } = profile();
    const result = aggregate(screen, 'scope', visit().deadline);
    await jest.advanceTimersByTimeAsync(30);
    orders.answer(twoOrders);
    await jest.advanceTimersByTimeAsync(12);
    user.answer(alice);
    expect(await result).toEqual({
      kind: 'view',
      view: { name: 'Alice', email: 'alice@acme.test', orders: [{ id: 'o1' }, { id: 'o2' }] },
      degraded: [],
      degradedFields: [],
      timings: [
        { source: 'user', durationMs: 42 },
        { source: 'orders', durationMs: 30 },
      ],
    });
  });

  test('tells of each source how a cache came into its answer', async () => {
    const { screen, user, orders } = profile();
    const result = aggregate(screen, 'scope', visit().deadline);
    user.answer({ kind: 'value', value: { name: 'Alice', email: '' }, cache: 'hit' });
    orders.answer(stale({ orders: [] }, 5));
    expect(await result).toMatchObject({
      timings: [
        { source: 'user', cache: 'hit' },
        { source: 'orders', cache: 'stale' },
      ],
    });
  });

  test('all are asked in the same tick, with the scope', () => {
    const { screen, user, orders } = profile();
    const { deadline, client } = visit();
    const scope = { user: 'alice' };
    void aggregate(screen, scope, deadline);
    expect(user.scopes).toEqual([scope]);
    expect(orders.scopes).toEqual([scope]);
    client.abort();
  });

  test('A1 a source that answers fields of another cannot overwrite them, nor add its own', async () => {
    const { screen, user, orders } = profile();
    const result = aggregate(screen, null, visit().deadline);
    user.answer(alice);
    orders.answer(value({ orders: [], name: 'Mallory', is_admin: true }));
    expect(await result).toMatchObject({ view: { name: 'Alice', email: 'alice@acme.test', orders: [] } });
    expect(Object.keys(((await result) as { view: object }).view)).toEqual(['name', 'email', 'orders']);
  });

  test('a field that an answer lacks is not invented', async () => {
    const { screen, user, orders } = profile();
    const result = aggregate(screen, null, visit().deadline, { email: 'tenant@acme.test' });
    user.answer(value({ name: 'Alice', email: undefined as unknown as string }));
    orders.answer(twoOrders);
    expect(Object.keys(((await result) as { view: object }).view)).toEqual(['name', 'orders']);
  });
});

describe('A7 fallback order', () => {
  const cases = [
    ['stale copy before the tenant', stale({ name: 'Al', email: 'a@old' }, 60_000.4), { name: 'Guest' }, { name: 'Al', email: 'a@old' }, { reason: 'error', fallback: 'stale', age_ms: 60_000 }],
    ['tenant before the default, field by field', failed('open'), { name: 'Guest' }, { name: 'Guest', email: '' }, { reason: 'open', fallback: 'tenant' }],
    ["a tenant's null is a value", failed('shed'), { name: null }, { name: null, email: '' }, { reason: 'shed', fallback: 'tenant' }],
    ["a tenant's default of another source's field is no help", failed('error'), { orders: [] }, { name: 'Unknown User', email: '' }, { reason: 'error', fallback: 'default' }],
    ['default at last', failed('bad-response'), undefined, { name: 'Unknown User', email: '' }, { reason: 'bad-response', fallback: 'default' }],
    ['an upstream that refuses is an error', { kind: 'refused', status: 403 }, undefined, { name: 'Unknown User', email: '' }, { reason: 'error', fallback: 'default' }],
    ['an abort that was not ours is an error', { kind: 'aborted' }, undefined, { name: 'Unknown User', email: '' }, { reason: 'error', fallback: 'default' }],
  ] as const; // prettier-ignore

  test.each(cases)('%s', async (_title, outcome, tenantFallbacks, part, degradation) => {
    const { screen, user, orders } = profile();
    const result = aggregate(screen, null, visit().deadline, tenantFallbacks);
    user.answer(outcome);
    orders.answer(twoOrders);
    expect(await result).toMatchObject({
      kind: 'view',
      view: { ...part, orders: [{ id: 'o1' }, { id: 'o2' }] },
      degraded: [{ source: 'user', ...degradation }],
      degradedFields: ['name', 'email'],
    });
  });

  test('a field with the name of an inherited member is a field like any other', async () => {
    const source = new Scripted({ constructor: 'none' as unknown });
    const ok = new Scripted({ ok: true });
    const screen = defineScreen<null>()({ name: 's', budgetMs: 100, sources: { source, ok } });
    const result = aggregate(screen, null, visit().deadline, {});
    source.answer(failed('error'));
    ok.answer(value({ ok: true }));
    expect(await result).toMatchObject({
      view: { constructor: 'none' },
      degraded: [{ fallback: 'default' }],
    });
  });

  test('absent means "none yet": the default, not the tenant, and nothing is degraded', async () => {
    const { screen, user, orders } = profile();
    const result = aggregate(screen, null, visit().deadline, { orders: [{ id: 'sample' }] });
    orders.answer({ kind: 'absent' });
    user.answer(alice);
    expect(await result).toMatchObject({
      view: { name: 'Alice', orders: [] },
      degraded: [],
      degradedFields: [],
    });
  });

  test('degraded sources are named in the order of declaration, not of arrival', async () => {
    const { screen, user, orders } = profile();
    const result = aggregate(screen, null, visit().deadline);
    orders.answer(stale({ orders: [] }, 5));
    await jest.advanceTimersByTimeAsync(10);
    user.answer(failed('error'));
    expect(await result).toMatchObject({
      degraded: [byDefault('user', 'error'), { source: 'orders', fallback: 'stale', age_ms: 5 }],
      degradedFields: ['name', 'email', 'orders'],
    });
  });
});

describe('lost', () => {
  test.each([
    [30_000, 4_000],
    [4_000, 30_000],
  ])(
    'every source failed, nothing is stale: of %d and %d the smaller wish for a retry',
    async (ofUser, ofOrders) => {
      const { screen, user, orders } = profile();
      const result = aggregate(screen, null, visit().deadline, { name: 'Guest' });
      user.answer(failed('open', ofUser));
      orders.answer(failed('error', ofOrders));
      expect(await result).toEqual({
        kind: 'lost',
        degraded: [{ source: 'user', reason: 'open', fallback: 'tenant' }, byDefault('orders', 'error')],
        retryAfterMs: 4_000,
      });
    },
  );

  test('no wish is known: none is made up', async () => {
    const { screen, user, orders } = profile();
    const result = aggregate(screen, null, visit().deadline);
    user.answer(failed('error'));
    orders.answer({ kind: 'refused', status: 400 });
    expect(await result).toEqual({
      kind: 'lost',
      degraded: [byDefault('user', 'error'), byDefault('orders', 'error')],
    });
  });

  test.each([
    ['a stale copy', stale({ orders: [] }, 1)],
    ['complete knowledge of nothing', { kind: 'absent' }],
  ] as const)('%s keeps the screen', async (_title, outcome) => {
    const { screen, user, orders } = profile();
    const result = aggregate(screen, null, visit().deadline);
    user.answer(failed('error'));
    orders.answer(outcome);
    expect(await result).toMatchObject({ kind: 'view' });
  });
});
