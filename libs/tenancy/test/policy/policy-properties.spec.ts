import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePolicy, type FieldLists, type Json, type JsonObject } from '../../src/index.ts';

/** Few names, so that paths match views often. */
const name = fc.constantFrom('a', 'b', 'c', 'ssn', 'constructor', 'toString');
const json = fc.letrec<{ json: Json; object: JsonObject }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom<Json>(null, 0, 1, '', 'text', false),
    fc.array(tie('json'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(name, tie('json'), { maxKeys: 5, noNullPrototype: true }),
}));
const path = fc
  .array(fc.tuple(name, fc.constantFrom('', '', '[*]', '[*][*]')), { minLength: 1, maxLength: 4 })
  .map((steps) => steps.map(([step, arrays]) => step + arrays).join('.'));
const paths = fc.array(path, { maxLength: 5 });
const lists: fc.Arbitrary<FieldLists> = fc.oneof(
  fc.record({ blocked: paths }),
  fc.record({ allowed: fc.array(path, { minLength: 1, maxLength: 5 }), blocked: paths }),
);

interface Leaf {
  /** Path of the leaf: names of members, `[*]` for items. */
  readonly at: string;
  readonly isScalar: boolean;
}

/** Returns every scalar and every empty container. */
function leavesOf(value: Json | undefined, at = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ at, isScalar: true }];
  const inner = Array.isArray(value)
    ? value.flatMap((item: Json) => leavesOf(item, `${at}[*]`))
    : Object.entries(value).flatMap(([step, member]) => leavesOf(member, at === '' ? step : `${at}.${step}`));
  return inner.length > 0 ? inner : [{ at, isScalar: false }];
}

const withoutArrays = (at: string): string => at.replaceAll('[*]', '');
/** Whether `at` is the path or lies below it. */
const isWithin = (at: string, path: string): boolean =>
  at === path || at.startsWith(`${path}.`) || at.startsWith(`${path}[`);
const isBlocked = (at: string, blocked: string): boolean => {
  const bare = withoutArrays(blocked);
  return bare.includes('.') ? isWithin(withoutArrays(at), bare) : withoutArrays(at).split('.').includes(bare);
};

test('a policy removes every blocked member from a view', () => {
  fc.assert(
    fc.property(lists, json.object, ({ blocked = [], allowed }, view) => {
      const leaves = leavesOf(compilePolicy({ blocked, allowed }).apply(view));
      expect(leaves.filter(({ at }) => blocked.some((each) => isBlocked(at, each)))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('with an allowlist, every remaining scalar of a view is at or below an allowed path, and an object or array above such a path may remain empty', () => {
  const leadsTo = (at: string, path: string): boolean =>
    at === '' || path.startsWith(`${at}[`) || path.startsWith(`${at}.`);
  fc.assert(
    fc.property(lists, json.object, ({ blocked = [], allowed = [] }, view) => {
      fc.pre(allowed.length > 0);
      const leaves = leavesOf(compilePolicy({ blocked, allowed }).apply(view));
      const surplus = leaves.filter(
        ({ at, isScalar }) => !allowed.some((each) => isWithin(at, each) || (!isScalar && leadsTo(at, each))),
      );
      expect(surplus).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('a policy without an allowlist leaves every member of a view that is not blocked, unchanged and at its position', () => {
  const keep = (value: Json | undefined, at: string, blocked: readonly string[]): Json | undefined => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item: Json) => keep(item, at, blocked) as Json);
    const members = Object.entries(value).map(
      ([step, member]) => [at === '' ? step : `${at}.${step}`, step, member] as const,
    );
    const left = members.filter(([here]) => !blocked.some((each) => isBlocked(here, each)));
    return Object.fromEntries(left.map(([here, step, member]) => [step, keep(member, here, blocked)]));
  };
  fc.assert(
    fc.property(paths, json.object, (blocked, view) => {
      const seen = compilePolicy({ blocked }).apply(view);
      expect(JSON.stringify(seen)).toBe(JSON.stringify(keep(view, '', blocked)));
    }),
    { numRuns: 1_000 },
  );
});

test('applying a policy twice equals applying it once, the order of the lists does not matter, and the view is unchanged', () => {
  fc.assert(
    fc.property(lists, json.object, ({ blocked = [], allowed = [] }, view) => {
      const before = JSON.stringify(view);
      const policy = compilePolicy({ blocked, allowed });
      const seen = policy.apply(view);
      expect(JSON.stringify(policy.apply(seen))).toBe(JSON.stringify(seen));
      const reversed = compilePolicy({ blocked: blocked.toReversed(), allowed: allowed.toReversed() });
      expect(JSON.stringify(reversed.apply(view))).toBe(JSON.stringify(seen));
      expect(JSON.stringify(view)).toBe(before);
    }),
    { numRuns: 1_000 },
  );
});

/**
 * Removes empty containers: one list may empty a container by blocking, while the other keeps it. Both are
 * correct.
 */
function withoutEmpty(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, withoutEmpty(member as Json)] as const);
  return Object.fromEntries(members.filter(([, member]) => JSON.stringify(member) !== '{}'));
}

test('H1 the policy of a screen combined with that of its tenant shows what both policies show, and never more than one of them', () => {
  fc.assert(
    fc.property(lists, lists, json.object, (wide, narrow, view) => {
      const both = compilePolicy(wide, narrow).apply(view);
      const inTurn = compilePolicy(narrow).apply(compilePolicy(wide).apply(view));
      expect(JSON.stringify(withoutEmpty(both))).toBe(JSON.stringify(withoutEmpty(inTurn)));
      expect(JSON.stringify(compilePolicy(wide).apply(both))).toBe(JSON.stringify(both));
    }),
    { numRuns: 2_000 },
  );
});
