import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseFields, selectFields, type Json } from '../../src/index.ts';
import { anyJson, anyJsonObject, deepObject } from '../wire/json-arbitrary.ts';
import { quickest } from '../wire/http-world.ts';

const select = (view: Json, fields: string): Json => selectFields(view, parseFields(fields));

const view = {
  name: 'First',
  email: null,
  zero: 0,
  empty: '',
  no: false,
  things: [
    { id: 'o1', total: 5, lines: [{ sku: 'a' }, { sku: 'b', gift: true }] },
    { total: 7 },
    { id: 'o3', total: null, lines: [] },
  ],
  tags: ['x', null, 'z'],
  mixed: [1, null, { id: 2 }, [{ id: 3 }]],
  matrix: [[1, 2], [3]],
  none: [],
  address: { city: 'Bern', geo: { lat: 1, lon: 2 } },
};

describe('H2 selection', () => {
  test.each<[string, Json]>([
    ['name', { name: 'First' }],
    ['zero,empty,no,email', { email: null, zero: 0, empty: '', no: false }],
    ['things[*].id', { things: [{ id: 'o1' }, {}, { id: 'o3' }] }],
    ['things[2].id', { things: [{}, {}, { id: 'o3' }] }],
    ['things[1]', { things: [{}, { total: 7 }, {}] }],
    ['things[0].id,things[*].total', { things: [{ id: 'o1', total: 5 }, { total: 7 }, { total: null }] }],
    ['things[*].total,things[0]', { things: [view.things[0] as Json, { total: 7 }, { total: null }] }],
    ['things[*].lines[*].gift', { things: [{ lines: [{}, { gift: true }] }, {}, { lines: [] }] }],
    ['things[*].lines[1].sku', { things: [{ lines: [{}, { sku: 'b' }] }, {}, {}] }],
    ['things', { things: view.things }],
    ['things[*]', { things: view.things }],
    ['tags[0]', { tags: ['x', null, null] }],
    ['tags[*]', { tags: ['x', null, 'z'] }],
    ['mixed[*].id', { mixed: [null, null, { id: 2 }, null] }],
    ['mixed[*][*].id', { mixed: [null, null, {}, [{ id: 3 }]] }],
    ['matrix[0][1]', { matrix: [[null, 2], null] }],
    ['none[*].id', { none: [] }],
    ['none', { none: [] }],
    ['address.geo.lat', { address: { geo: { lat: 1 } } }],
    ['address', { address: view.address }],
    ['address.city,address.geo', { address: view.address }],
  ])('a selection of %s contains only the selected members', (fields, expected) => {
    expect(select(view, fields)).toEqual(expected);
  });

  test.each([
    ['nope', 'no such member'],
    ['name.first', 'a member of a string'],
    ['email.domain', 'a member of null'],
    ['things.id', 'a member of an array'],
    ['things.length', 'an inherited member of an array'],
    ['things[3].id', 'an index past the end'],
    ['none[0]', 'an index of an empty array'],
    ['address[*]', 'items of an object'],
    ['address[0]', 'an index of an object'],
    ['name[0]', 'an index of a string'],
    ['name[*]', 'items of a string'],
    ['address.nope.deeper', 'a path that ends early'],
    ['toString', 'an inherited member'],
    ['address.hasOwnProperty', 'an inherited member inside'],
  ])('a selection leaves out the path %s: %s', (fields) => {
    expect(select(view, fields)).toEqual({});
    expect(select(view, `name,${fields}`)).toEqual({ name: 'First' });
  });

  test('a selection keeps the order of the view, whatever the order of the paths', () => {
    expect(JSON.stringify(select(view, 'zero,address.city,name'))).toBe(
      '{"name":"First","zero":0,"address":{"city":"Bern"}}',
    );
  });

  test('a selection from a view that is not an object is null', () => {
    expect(select([1, 2], 'a')).toBeNull();
    expect(select('text', 'length')).toBeNull();
  });
});

describe('H2 properties', () => {
  const step = fc.constantFrom('.a', '.b', '.id', '.length', '[*]', '[0]', '[1]', '[3]');
  const fields = fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'id'), fc.array(step, { maxLength: 3 })), {
      minLength: 1,
      maxLength: 5,
    })
    .map((paths) => paths.map(([name, rest]) => name + rest.join('')).join(','));
  /** Uses the names of the paths often, so that most paths match something. */
  const matching = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(null, 0, 'x'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.record({ a: tie('value'), b: tie('value'), id: tie('value') }, { requiredKeys: [] }),
    ),
  }));
  const anyView = fc.oneof(
    anyJsonObject,
    fc.record({ a: matching.value, b: matching.value, id: matching.value }) as fc.Arbitrary<Json>,
  );

  /**
   * Checks that every part of `part` is at the same place in `whole`; only `{}` and `null` may replace an
   * item.
   */
  function expectWithin(part: Json | undefined, whole: Json | undefined, isItem = false): void {
    if (Array.isArray(part) && Array.isArray(whole)) {
      expect(part).toHaveLength(whole.length);
      part.forEach((item: Json, index) => expectWithin(item, whole[index], true));
    } else if (typeof part === 'object' && part !== null && !Array.isArray(part)) {
      expect(typeof whole === 'object' && whole !== null && !Array.isArray(whole)).toBe(true);
      for (const [name, member] of Object.entries(part)) {
        expect(Object.hasOwn(whole as object, name)).toBe(true);
        expectWithin(member as Json, (whole as Record<string, Json>)[name]);
      }
    } else if (!(isItem && part === null)) expect(part).toEqual(whole);
  }

  test('each member of a selection is at the same place in the view', () => {
    fc.assert(
      fc.property(anyView, fields, (view, text) => expectWithin(select(view, text), view)),
      { numRuns: 1000 },
    );
  });

  test('selecting the same fields from a selection changes nothing', () => {
    fc.assert(
      fc.property(anyView, fields, (view, text) => {
        const once = select(view, text);
        expect(select(once, text)).toEqual(once);
      }),
      { numRuns: 1000 },
    );
  });

  test('a selection with additional paths contains everything of the selection without them', () => {
    fc.assert(
      fc.property(anyView, fields, fields, (view, some, more) => {
        expectWithin(select(view, some), select(view, `${some},${more}`));
      }),
      { numRuns: 1000 },
    );
  });

  test('a selection by the canonical form of `fields` gives the same bytes as by the original text', () => {
    fc.assert(
      fc.property(anyView, fields, (view, text) => {
        const { canonical } = parseFields(text);
        expect(JSON.stringify(select(view, canonical))).toBe(JSON.stringify(select(view, text)));
      }),
    );
  });

  test('selecting fields leaves the view unchanged', () => {
    fc.assert(
      fc.property(anyJson, fields, (value, text) => {
        const view = { a: value, b: value };
        const before = JSON.stringify(view);
        select(view, text);
        expect(JSON.stringify(view)).toBe(before);
      }),
    );
  });
});

describe('H8', () => {
  test('a selection from a view nested 100,000 levels deep succeeds', () => {
    const deep = deepObject(100_000);
    expect(select(deep, 'leaf,next.next.leaf')).toEqual({ leaf: 0, next: { next: { leaf: 0 } } });
  });

  test('50 paths are selected from an array of 1,000 items in less than 50 ms', () => {
    const paths = Array.from({ length: 25 }, (_, i) => `things[${i}].a[${i}].b`);
    const stars = Array.from({ length: 25 }, (_, i) => `things[*].a[*].c${i}`);
    const selection = parseFields([...paths, ...stars].join(','));
    const things = Array.from({ length: 1000 }, () => ({ a: [{ b: 1, c1: 2 }] }));
    expect(quickest(() => selectFields({ things }, selection))).toBeLessThan(50);
  });
});
