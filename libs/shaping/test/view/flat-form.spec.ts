import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import fc from 'fast-check';
import { flatten, unflatten, type FlatView, type JsonObject } from '../../src/index.ts';
import { anyJsonObject, deepObject, parsableJsonObject } from '../wire/json-arbitrary.ts';
import { quickest } from '../wire/http-world.ts';

const parse = (text: string) => JSON.parse(text) as JsonObject;

describe('H4 flat form', () => {
  test.each<[string, string, string]>([
    [
      'the example of the contract',
      '{"user":{"name":"First"},"things":[{"id":"o1"}]}',
      '{"user.name":"First","things.0.id":"o1"}',
    ],
    ['an empty view', '{}', '{}'],
    ['scalars', '{"a":null,"b":0,"c":"","d":false}', '{"a":null,"b":0,"c":"","d":false}'],
    ['empty containers', '{"a":{},"b":[],"c":[{},[]]}', '{"a":{},"b":[],"c.0":{},"c.1":[]}'],
    [
      'members in their order',
      '{"z":{"b":1,"a":2},"y":[3,4],"x":5}',
      '{"z.b":1,"z.a":2,"y.0":3,"y.1":4,"x":5}',
    ],
    ['arrays in arrays', '{"m":[[1],[2,3]]}', '{"m.0.0":1,"m.1.0":2,"m.1.1":3}'],
    ['a name with the separator', '{"a.b":{"c":1}}', '{"a~.b.c":1}'],
    ['a name with the escape', '{"a~b":1,"~":2}', '{"a~~b":1,"~~":2}'],
    ['a name that looks like an index', '{"a":{"0":1,"10":2,"01":3}}', '{"a.~0":1,"a.~10":2,"a.01":3}'],
    ['empty names', '{"":{"":1},"a":{"":2}}', '{".":1,"a.":2}'],
    [
      'a member named __proto__',
      '{"__proto__":{"a":1},"b":{"__proto__":2}}',
      '{"__proto__.a":1,"b.__proto__":2}',
    ],
    ['__proto__ as a leaf', '{"__proto__":1}', '{"__proto__":1}'],
  ])('a view is flattened and restored: %s', (_, view, flat) => {
    expect(JSON.stringify(flatten(parse(view)))).toBe(flat);
    expect(JSON.stringify(unflatten(parse(flat) as FlatView))).toBe(view);
  });

  test('a flat form is unflattened to the same view with the same order of members', () => {
    fc.assert(
      fc.property(anyJsonObject, (view) => {
        const back = unflatten(flatten(view));
        expect(back).toEqual(view);
        expect(JSON.stringify(back)).toBe(JSON.stringify(view));
      }),
      { numRuns: 2000 },
    );
  });

  test('a flat form that was sent as JSON is unflattened to the same view', () => {
    fc.assert(
      fc.property(parsableJsonObject, (view) => {
        const received = JSON.parse(JSON.stringify(flatten(view))) as FlatView;
        expect(JSON.stringify(unflatten(received))).toBe(JSON.stringify(view));
      }),
      { numRuns: 1000 },
    );
  });

  test('the flat form adds no characters to names that JSON must escape, because V8 misreads escaped names', () => {
    fc.assert(
      fc.property(parsableJsonObject, (view) =>
        expect(Object.keys(flatten(view)).join()).not.toMatch(/["\\]/),
      ),
    );
  });

  test('a flat form contains leaves only, and different views have different flat forms', () => {
    fc.assert(
      fc.property(anyJsonObject, anyJsonObject, (one, other) => {
        for (const leaf of Object.values(flatten(one)))
          expect(typeof leaf === 'object' && leaf !== null ? Object.keys(leaf) : []).toEqual([]);
        expect(JSON.stringify(flatten(one)) === JSON.stringify(flatten(other))).toBe(
          JSON.stringify(one) === JSON.stringify(other),
        );
      }),
    );
  });

  test('flatten treats undefined members as absent', () => {
    expect(flatten({ a: undefined, b: { c: undefined } })).toEqual({ b: {} });
  });

  test('the result of unflatten shares no object with its argument', () => {
    const flat: FlatView = { a: {}, b: [] };
    const view = unflatten(flat) as { a: object; b: unknown[] };
    view.b.push(1);
    Object.assign(view.a, { x: 1 });
    expect(flat).toEqual({ a: {}, b: [] });
  });
});

test.each<[string, FlatView]>([
  ['a leaf that later has a member', { a: 1, 'a.b': 2 }],
  ['an object that is later a leaf', { 'a.b': 2, a: 1 }],
  ['an empty object that later has a member', { a: {}, 'a.b': 2 }],
  ['an array with a member that is not an index', { 'a.0': 1, 'a.b': 2 }],
  ['an object with a member that is an index', { 'a.b': 2, 'a.0': 1 }],
  ['an index at the top level', { '0': 1 }],
  ['an array with a gap', { 'a.0': 1, 'a.2': 2 }],
  ['a huge index', { 'a.4294967294': 1 }],
  ['an index above the largest number', { [`a.${'9'.repeat(400)}`]: 1 }],
  ['an escape character at the end of a name', { 'a~': 1 }],
])('H4 unflatten throws for %s', (_, flat) => {
  expect(() => unflatten(flat)).toThrow(TypeError);
});

describe('H8', () => {
  test('a view nested 100,000 levels deep is flattened and restored', () => {
    const chain = parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`);
    const flat = flatten(chain);
    expect(Object.keys(flat)[0]).toHaveLength(199_999);
    const back = unflatten(flat);
    let depth = 0;
    for (let level = back; level['a']; level = level['a'] as JsonObject) depth++;
    expect(depth).toBe(100_000);
  });

  test('a view whose flat form grows with the square of its depth is rejected before it is created', () => {
    const deep = deepObject(100_000);
    expect(() => flatten(deep)).toThrow(Problem);
    expect(quickest(() => expect(() => flatten(deep)).toThrow(Problem))).toBeLessThan(500);
  });

  test('unflattening a hostile member name changes no prototype', () => {
    unflatten(parse('{"__proto__.polluted":1,"constructor.prototype.polluted":1}') as FlatView);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
