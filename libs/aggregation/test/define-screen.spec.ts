import { describe, expect, test } from '@jest/globals';
import type { Deadline, Outcome } from '@bff/service-kit';
import { aggregate, defineScreen, type Screen, type Source } from '../src/index.ts';
import { failed, visit } from './thing-screen.ts';

const source = (fallback: object, settings: Partial<Source<unknown, object>> = {}) => ({
  read: async (): Promise<Outcome<object>> => failed('error'),
  fallback,
  ...settings,
});

describe('defineScreen rejects an invalid definition with the reason', () => {
  test.each([
    ['a screen without a source', 1_000, {}, 'it has no source'],
    [
      'a screen with a budget of 0',
      0,
      { a: source({ a: 1 }) },
      'its budget of 0 ms is not between 0 and 2147483647',
    ],
    ['a screen whose budget is not a number', NaN, { a: source({ a: 1 }) }, 'its budget of NaN ms'],
    [
      'a screen whose budget exceeds the maximum of a timer',
      2 ** 31,
      { a: source({ a: 1 }) },
      'its budget of 2147483648 ms',
    ],
    [
      'a source with a negative budget',
      1_000,
      { a: source({ a: 1 }, { budgetMs: -5 }) },
      'source "a": budget of -5 ms',
    ],
    [
      'a source with a longer budget than its screen',
      1_000,
      { a: source({ a: 1 }, { budgetMs: 1_001 }) },
      `source "a": budget of 1001 ms is above the screen's 1000 ms`,
    ],
    [
      'two sources that return the same field',
      1_000,
      { a: source({ id: 1, x: 1 }), b: source({ y: 1, x: 2 }) },
      'field "x" is given by "a" and by "b"',
    ],
    ['a source without a field', 1_000, { a: source({}) }, 'source "a": its fallback has no field'],
    [
      'a field named __proto__',
      1_000,
      { a: source(JSON.parse('{"__proto__": {"x": 1}}')) },
      'source "a": "__proto__" is not a field',
    ],
    [
      'a source name that a header field cannot contain',
      1_000,
      { 'a;b': source({ a: 1 }) },
      'source name "a;b" is not a token',
    ],
    [
      'an integer as a source name, because JavaScript would move this member to the front of an object',
      1_000,
      { 7: source({ a: 1 }) },
      'source name "7" is not a token',
    ],
  ])(
    'defineScreen rejects %s',
    (_title, budgetMs, sources: Record<string, Source<unknown, object>>, reason) => {
      const define = () => defineScreen<unknown>()({ name: 'thing', budgetMs, sources });
      expect(define).toThrow(TypeError);
      expect(define).toThrow(`screen "thing": ${reason}`);
    },
  );

  test('a source may use the complete budget of its screen', () => {
    const sources = { a: source({ a: 1 }, { budgetMs: 1_000 }) };
    expect(defineScreen<unknown>()({ name: 's', budgetMs: 1_000, sources }).budgets).toEqual([1_000]);
  });
});

describe('fallback values', () => {
  const given = { settings: { theme: 'light', tags: ['a'] } };
  const screen = defineScreen<unknown>()({
    name: 's',
    budgetMs: 1_000,
    sources: {
      settings: source(given),
      ok: source({ ok: 0 }, { read: async () => ({ kind: 'absent' }) }),
    },
  });
  const answered = async () => {
    const result = await aggregate(screen, null, visit().deadline);
    return (result as unknown as { view: typeof given }).view;
  };

  test('the fallback values in a view are frozen at every depth', async () => {
    const view = await answered();
    expect(() => (view.settings.theme = 'dark')).toThrow(/read only/);
    expect(() => view.settings.tags.push('b')).toThrow(/not extensible/);
    (view as { settings?: unknown }).settings = 'mine alone';
    expect(await answered()).toEqual({ settings: { theme: 'light', tags: ['a'] }, ok: 0 });
  });

  test('the object that defines the fallback values stays mutable, and changing it afterwards has no effect on views', async () => {
    given.settings.theme = 'changed later';
    expect((await answered()).settings.theme).toBe('light');
  });

  test('the fallback of a screen combines the fallback values of all its sources', () => {
    expect(screen.fallback).toEqual({ settings: { theme: 'light', tags: ['a'] }, ok: 0 });
  });
});

test('the type of the view is inferred as the intersection of all parts, and only the scope is given as a type', async () => {
  interface Scope {
    readonly userId: string;
  }
  type Tag = { id: string; total: number | null };
  const tags: Source<Scope, { tags: Tag[] }> = {
    fallback: { tags: [] },
    read: async ({ userId }) => ({ kind: 'value', value: { tags: [{ id: userId, total: null }] } }),
  };
  const screen = defineScreen<Scope>()({
    name: 's',
    budgetMs: 1_000,
    sources: {
      tags,
      thing: {
        fallback: { title: 'Untitled', changed_at: null },
        read: async (
          scope,
          deadline: Deadline,
        ): Promise<Outcome<{ title: string; changed_at: string | null }>> => {
          expect(deadline.remaining()).toBeGreaterThan(0);
          return { kind: 'value', value: { title: scope.userId, changed_at: null } };
        },
      },
    },
  });
  const typed: Screen<Scope, { tags: Tag[]; title: string; changed_at: string | null }> = screen;
  const result = await aggregate(typed, { userId: 'u1' }, visit().deadline);
  expect(result).toMatchObject({ view: { tags: [{ id: 'u1', total: null }], title: 'u1' } });
  // @ts-expect-error `userId` of the scope is a string
  void aggregate(screen, { userId: 7 }, visit().deadline);
  if (result.kind === 'view') {
    const title: string = result.view.title;
    // @ts-expect-error no source has this field
    const other: unknown = result.view.address;
    expect([title, other]).toEqual(['u1', undefined]);
  }
});
