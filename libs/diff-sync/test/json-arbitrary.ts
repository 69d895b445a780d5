import fc from 'fast-check';
import type { Json, JsonObject } from '../src/index.ts';
import { setMember } from '../src/protocol/json.ts';

/** Few names and values, so that two values drawn in succession have much in common. */
const names = ['', 'a', 'b', 'id', 'items', '/', '~', '~0', '~1', 'a/b', '0', '-', 'ä', '𐀀', 'toString'];
const scalar = fc.constantFrom<Json>(null, false, true, 0, 1, -1.5, 1e21, '', 'x', 'y', 'é', '\u2028"\\');
const identity = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constantFrom('p', 'q', 'r', '0', '1'));

function objectWith(name: fc.Arbitrary<string>, value: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> {
  return fc.array(fc.tuple(name, value), { maxLength: 4 }).map((members) => {
    const object = {};
    for (const [key, member] of members) setMember(object, key, member);
    return object;
  });
}

function jsonWithNames(name: fc.Arbitrary<string>) {
  return fc.letrec<{ value: Json; object: JsonObject; list: Json[] }>((tie) => ({
    value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('object'), tie('list')),
    object: objectWith(name, tie('value')),
    list: fc.oneof(
      fc.array(tie('value'), { maxLength: 4 }),
      fc.uniqueArray(scalar, { maxLength: 6 }),
      fc
        .array(fc.tuple(identity, tie('object')), { maxLength: 7 })
        .map((items) => items.map(([id, item]) => ({ ...item, id }))),
      fc
        .uniqueArray(fc.tuple(identity, tie('object')), { maxLength: 7, selector: ([id]) => id })
        .map((items) => items.map(([id, item]) => ({ ...item, id }))),
    ),
  }));
}

const { object } = jsonWithNames(fc.constantFrom(...names));
/** Arrays at the top level, so that they are compared and not replaced with their parent. */
export const anyView: fc.Arbitrary<JsonObject> = fc
  .tuple(object, jsonWithNames(fc.constantFrom(...names)).list, object)
  .map(([view, items, nested]) => ({ ...view, items, nested: { ...nested, items } }));

/** Names that an implementation must treat like any other, and that the oracles reject. */
export const { object: anyHostileView } = jsonWithNames(
  fc.constantFrom('__proto__', 'constructor', 'prototype', ...names),
);
