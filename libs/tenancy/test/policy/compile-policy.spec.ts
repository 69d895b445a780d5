import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import { compilePolicy, type Json, type JsonObject } from '../../src/index.ts';
import { vectors } from './policy-vectors.ts';

describe('the visible part of a view', () => {
  test.each(vectors)('%s', (_circumstance, lists, view, seen) => {
    const before = structuredClone(view);
    expect(compilePolicy(lists).apply(view)).toStrictEqual(seen);
    expect(view).toStrictEqual(before);
  });

  test('an empty policy returns the view itself without reading it', () => {
    const view = {
      a: { b: [1] },
      get unread(): string {
        throw new Error('read');
      },
    };
    // Not expect(...).toBe, which would read the view to print it.
    expect(compilePolicy({}).apply(view) === view).toBe(true);
    expect(compilePolicy({ blocked: [], allowed: [] }).apply(view) === view).toBe(true);
  });

  test('the visible part of a view shares its unchanged parts with the view', () => {
    const view = { ssn: 1, things: [{ id: 1 }], user: { a: 1, card: { n: 1 } } };
    const seen = compilePolicy({ blocked: ['ssn', 'user.card'] }).apply(view);
    expect(seen).toStrictEqual({ things: [{ id: 1 }], user: { a: 1 } });
    expect(seen['things']).toBe(view.things);
  });

  test('a policy hides a member named __proto__ and changes no prototype', () => {
    const view = JSON.parse('{"a": {"__proto__": {"polluted": 1}, "b": 2}, "ssn": 1, "__proto__": {"x": 1}}');
    for (const lists of [{ blocked: ['ssn'] }, { allowed: ['a', '__proto__'] }]) {
      const seen = compilePolicy(lists).apply(view);
      expect(JSON.stringify(seen)).toBe('{"a":{"b":2}}');
      expect(Object.getPrototypeOf(seen)).toBe(Object.prototype);
      expect((seen['a'] as JsonObject)['polluted']).toBeUndefined();
    }
  });

  test('a frozen view is filtered into a new object', () => {
    const view = Object.freeze({ ssn: 1, list: Object.freeze([Object.freeze({ ssn: 2, id: 3 })]) });
    expect(compilePolicy({ blocked: ['ssn'] }).apply(view)).toStrictEqual({ list: [{ id: 3 }] });
  });
});

describe('H8 depth', () => {
  const nested = (levels: number, leaf: Json, wrap: (inner: Json) => Json): JsonObject => {
    let inner = leaf;
    for (let level = 1; level < levels; level++) inner = wrap(inner);
    return { inner };
  };

  test.each([
    ['objects', (inner: Json): Json => ({ inner })],
    ['arrays', (inner: Json): Json => [inner]],
  ])(
    '%s nested 64 levels are shown, and deeper nesting is an upstream error, not a truncated view',
    (_title, wrap) => {
      const policy = compilePolicy({ blocked: ['ssn'] });
      const seen = nested(64, 'leaf', wrap);
      expect(policy.apply(seen)).toBe(seen);
      expect(() => policy.apply(nested(66, 'leaf', wrap))).toThrow('The view nests deeper than 64 levels.');
    },
  );

  test.each([
    ['objects', (inner: Json): Json => ({ inner, ssn: 1 })],
    ['arrays', (inner: Json): Json => [inner, { ssn: 1 }]],
  ])('a million nested %s do not overflow the stack', (_title, wrap) => {
    const view = nested(1_000_000, { ssn: 1 }, wrap);
    for (const lists of [{ blocked: ['ssn'] }, { allowed: ['inner'], blocked: ['ssn'] }])
      expect(() => compilePolicy(lists).apply(view)).toThrow(Problem);
  });
});

describe('rejects paths that would silently match nothing, with the reason', () => {
  const emptyName = 'a name is empty';
  const brackets = 'the only thing in brackets is [*], after a name';
  const characters = 'a name has only letters, digits, _, -, : and @';
  test.each([
    ['', emptyName],
    ['.ssn', emptyName],
    ['user..ssn', emptyName],
    ['user.', emptyName],
    ['[*].id', emptyName],
    ['things[0].id', brackets],
    ['things[].id', brackets],
    ['things[*', brackets],
    ['things[*]id', brackets],
    ["user['ssn']", brackets],
    ['user.*', characters],
    ['$.ssn', characters],
    ['/user/ssn', characters],
    ['ssn,internal_notes', characters],
    ['ssn ', characters],
    ['internal notes', characters],
    ['ssn\n', characters],
  ])('a policy with the malformed path %j is rejected with the reason', (path, reason) => {
    const message = `"${path}" is not a field path: ${reason}`;
    expect(() => compilePolicy({ blocked: [path] })).toThrow(new TypeError(message));
    expect(() => compilePolicy({ allowed: ['name', path] })).toThrow(new TypeError(message));
  });
});

test.each([
  [{}, ['name', 'ssn', 'things'], []],
  [{ blocked: ['ssn', 'things[*].note'] }, ['name', 'things'], ['ssn']],
  [{ allowed: ['name', 'things[*].id'] }, ['name', 'things'], ['ssn', 'toString']],
  [{ allowed: ['name', 'things[*].id'], blocked: ['things'] }, ['name'], ['things', 'ssn']],
])('H1 a policy hides even the name of a member that is hidden completely: %j', (lists, told, untold) => {
  const policy = compilePolicy(lists);
  expect(told.filter((name) => !policy.mayShow(name))).toEqual([]);
  expect(untold.filter((name) => policy.mayShow(name))).toEqual([]);
});
