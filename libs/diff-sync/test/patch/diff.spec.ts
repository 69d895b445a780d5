import { describe, expect, test } from '@jest/globals';
import fastJsonPatch from 'fast-json-patch';
import fc from 'fast-check';
import { applyPatch as applyRfc6902 } from 'rfc6902';
import { applyPatch, canonicalJson, diff, type Json, type JsonObject } from '../../src/index.ts';
import { anyHostileView, anyView } from '../json-arbitrary.ts';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const patch = (base: Json, target: Json, keys?: Record<string, string>) =>
  diff(base, target, keys).operations;
const things = (...ids: (string | number)[]) => ({
  things: ids.map((id) => ({
    id,
    total: `total of ${id}`,
    status: 'open',
    address: 'Long Street 1, 12345 Somewhere',
  })),
});

describe('S2 the patch from the base leads to the target', () => {
  const runs = { numRuns: 1_000 };

  test('rfc6902 applies the patch from a base and gets the target', () => {
    fc.assert(
      fc.property(anyView, anyView, (base, target) => {
        const document = copy(base);
        const results = applyRfc6902(document, copy(patch(base, target)) as never);
        expect(results.filter((error) => error !== null)).toEqual([]);
        expect(document).toEqual(target);
      }),
      runs,
    );
  });

  test('fast-json-patch applies the patch from a base with its validation and gets the target', () => {
    fc.assert(
      fc.property(anyView, anyView, (base, target) => {
        const { newDocument } = fastJsonPatch.applyPatch(
          copy(base),
          copy(patch(base, target)) as never,
          true,
        );
        expect(newDocument).toEqual(target);
      }),
      runs,
    );
  });

  test('applyPatch applies the patch from a base and gets the target, even with names like __proto__', () => {
    fc.assert(
      fc.property(anyHostileView, anyHostileView, (base, target) => {
        const draft = diff(base, target);
        expect(canonicalJson(applyPatch(base, JSON.parse(draft.body)))).toBe(canonicalJson(target));
        expect(JSON.parse(draft.body)).toEqual(copy(draft.operations));
      }),
      runs,
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('equal values give an empty patch, whatever the order of members', () => {
    fc.assert(
      fc.property(anyView, (view) => expect(patch(view, JSON.parse(canonicalJson(view)))).toEqual([])),
    );
  });
});

describe('S5 items are matched by identity', () => {
  const [first, second, third] = things(1, 2, 3).things as unknown as [JsonObject, JsonObject, JsonObject];

  test('the patch for a prepended item of a list is one add', () => {
    expect(patch(things(1, 2, 3), things(9, 1, 2, 3))).toEqual([
      { op: 'add', path: '/things/0', value: things(9).things[0] },
    ]);
  });

  test('the patch for a removed item of a list is one remove', () => {
    expect(patch(things(1, 2, 3), things(2, 3))).toEqual([{ op: 'remove', path: '/things/0' }]);
  });

  test('the patch for the removed last item of a list is one remove', () => {
    expect(patch(things(1), things())).toEqual([{ op: 'remove', path: '/things/0' }]);
  });

  test('the patch for a list in a new order is one move for each item out of order', () => {
    expect(patch(things(1, 2, 3, 4), things(4, 1, 2, 3))).toEqual([
      { op: 'move', from: '/things/3', path: '/things/0' },
    ]);
    expect(patch(things(1, 2, 3, 4), things(2, 3, 4, 1))).toEqual([
      { op: 'move', from: '/things/0', path: '/things/3' },
    ]);
  });

  test('an item of a list that is moved and changed is patched at its new position', () => {
    const moved = { things: [{ ...third, status: 'paid' }, first, second] };
    expect(patch(things(1, 2, 3), moved)).toEqual([
      { op: 'move', from: '/things/2', path: '/things/0' },
      { op: 'replace', path: '/things/0/status', value: 'paid' },
    ]);
  });

  test('items with the ids 1 and "1" are different items', () => {
    expect(patch(things(1, 2), things('1', 2)).map(({ op }) => op)).toEqual(['remove', 'add']);
  });

  test.each([
    ['a missing id', [{ id: 1, v: 1 }, { v: 2 }], [{ id: 1, v: 1 }, { v: 3 }]],
    [
      'an id that occurs twice in the base',
      [
        { id: 1, v: 1 },
        { id: 1, v: 2 },
      ],
      [{ id: 1, v: 1 }],
    ],
    [
      'an id that occurs twice in the target',
      [{ id: 1, v: 1 }],
      [
        { id: 1, v: 1 },
        { id: 1, v: 2 },
      ],
    ],
    ['an id that is null', [{ id: null, v: 1 }], [{ id: null, v: 2 }]],
    ['an id that is inherited only', [{ toString: 1 }], [{ toString: 2 }]],
    ['arrays as items', [[1], [2]], [[1], [3]]],
    ['a scalar that occurs twice', [1, 1, 2], [1, 2]],
  ])('the patch replaces an array that has %s', (_, before, after) => {
    const keys = { '/items': _.includes('inherited') ? 'valueOf' : 'id' };
    expect(patch({ items: before }, { items: after }, keys)).toEqual([
      { op: 'replace', path: '/items', value: after },
    ]);
    expect(patch({ items: before }, { items: before }, keys)).toEqual([]);
  });

  test('an identity key other than id is declared by the pattern of the array', () => {
    const cart = (...skus: string[]) => ({
      carts: [
        {
          id: 'c',
          lines: skus.map((sku) => ({
            sku,
            id: 'all the same',
            note: 'a note that makes the line long enough',
          })),
        },
      ],
    });
    expect(patch(cart('a', 'b', 'c'), cart('b', 'c'), { '/carts/*/lines': 'sku' })).toEqual([
      { op: 'remove', path: '/carts/0/lines/0' },
    ]);
    expect(patch(cart('a', 'b', 'c'), cart('b', 'c')).map(({ op }) => op)).toEqual(['replace']);
  });

  test('the items of a list of scalars are matched by their value', () => {
    const tags = (...names: string[]) => ({ tags: names.map((name) => `${name}, a tag with a long name`) });
    expect(patch(tags('a', 'b', 'c', 'd'), tags('a', 'c', 'd'))).toEqual([{ op: 'remove', path: '/tags/1' }]);
    expect(patch(tags('a', 'b', 'c'), tags('c', 'a', 'b'))).toEqual([
      { op: 'move', from: '/tags/2', path: '/tags/0' },
    ]);
  });

  test('the patch distinguishes a null member from an absent member', () => {
    expect(patch({ a: null }, {})).toEqual([{ op: 'remove', path: '/a' }]);
    expect(patch({}, { a: null })).toEqual([{ op: 'add', path: '/a', value: null }]);
    expect(patch({ a: 1 }, { a: null })).toEqual([{ op: 'replace', path: '/a', value: null }]);
    expect(patch({ a: null }, { a: null })).toEqual([]);
  });

  test('the patch treats an undefined member like an absent member, as JSON.stringify does', () => {
    expect(patch({ a: 1, b: undefined }, { a: undefined, c: undefined })).toEqual([
      { op: 'remove', path: '/a' },
    ]);
    expect(patch({ a: undefined }, { a: 1 })).toEqual([{ op: 'add', path: '/a', value: 1 }]);
  });

  test('the patch distinguishes an empty list, an empty object and an empty text', () => {
    expect(patch({ a: [], b: {}, c: '' }, { a: {}, b: '', c: [] })).toEqual([
      { op: 'replace', path: '/a', value: {} },
      { op: 'replace', path: '/b', value: '' },
      { op: 'replace', path: '/c', value: [] },
    ]);
  });

  test('a part whose replacement is shorter than its patch is replaced', () => {
    const before = { keep: 'x'.repeat(100), point: { x: 1, y: 2, z: 3 }, list: [1, 2, 3, 4] };
    const after = { keep: 'x'.repeat(100), point: { x: 4, y: 5, z: 6 }, list: [8, 7, 6, 5] };
    expect(patch(before, after)).toEqual([
      { op: 'replace', path: '/point', value: after.point },
      { op: 'replace', path: '/list', value: after.list },
    ]);
  });
});

describe('S6 the cost of one change', () => {
  const list = (length: number, changed: number) => ({
    items: Array.from({ length }, (_, id) => ({
      id,
      name: `item ${id}`,
      stock: id === changed ? 1 : 0,
      nested: { id },
    })),
  });

  test.each([10, 1_000, 50_000])(
    'the patch for one changed member in a list of %i items is one operation of a few bytes',
    (length) => {
      const { operations, body } = diff(list(length, -1), list(length, length - 1));
      expect(operations).toEqual([{ op: 'replace', path: `/items/${length - 1}/stock`, value: 1 }]);
      expect(body.length).toBeLessThan(60);
    },
  );

  test('diff does not read a long list again to find out whether its replacement is shorter than its patch', () => {
    let reads = 0;
    const watched = {
      id: 'last',
      get name() {
        return `${reads++}` && 'Last';
      },
    };
    const first = { id: 'first', a: 1, b: 1, note: 'x'.repeat(200) };
    const between = list(100, -1).items;
    const base = { items: [first, ...between, { id: 'last', name: 'Last' }] };
    const readsOf = (head: JsonObject): number => {
      reads = 0;
      patch(base, { items: [head, ...between, watched] });
      return reads;
    };
    expect(readsOf({ ...first, a: 2, b: 2 })).toBe(readsOf(first));
  });

  test('diff takes about eight times as long for a list that is eight times as long, even if the list is shuffled', () => {
    const shuffled = (length: number) => {
      const { items } = list(length, -1);
      // The stride is coprime to the length, so it visits every item once.
      return { items: items.map((_, index) => items[(index * 7_919) % length]!) };
    };
    const cost = (length: number) => {
      const [base, same, other] = [list(length, -1), list(length, 1), shuffled(length)];
      return Math.min(
        ...Array.from({ length: 5 }, () => {
          const start = process.cpuUsage();
          diff(base, same);
          diff(base, other);
          const { user, system } = process.cpuUsage(start);
          return user + system;
        }),
      );
    };
    cost(2_000);
    // A quadratic cost would give 64.
    expect(cost(16_000) / cost(2_000)).toBeLessThan(30);
  });
});
