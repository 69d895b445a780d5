import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/index.ts';
import { setMember } from '../../src/view/json.ts';

/** Names that break naive code: separators, escapes, indices, prototype members, the empty name. */
const trickyNames = [
  '',
  '.',
  '..',
  '~',
  '~~',
  '~.',
  '.~',
  '~0',
  'a.b',
  '0',
  '1',
  '00',
  '-1',
  '1.5',
  '4294967294',
  '__proto__',
  'constructor',
  'toString',
  '_meta',
  'length',
  'ä',
  '[0]',
  '[*]',
  'a',
  'b',
  'id',
];

/** Names that JSON writes with a backslash. */
const escapedNames = ['\\', '\\\\', '\\.', '\\0', '"', '\n', '\ud800', '\u0000'];

const unescaped = fc.oneof(
  fc.constantFrom(...trickyNames),
  fc.string({ unit: 'grapheme', maxLength: 5 }).map((text) => text.replaceAll(/["\\]/g, '')),
);
const anyName = fc.oneof(
  unescaped,
  fc.constantFrom(...escapedNames),
  fc.string({ unit: 'binary', maxLength: 5 }),
);

interface JsonArbitraries {
  readonly value: fc.Arbitrary<Json>;
  readonly object: fc.Arbitrary<JsonObject>;
}

function jsonWithNames(name: fc.Arbitrary<string>): JsonArbitraries {
  return fc.letrec<{ value: Json; array: Json[]; object: JsonObject }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(null, 0, '', false, true, 1.5, -3),
      fc.string({ maxLength: 5 }),
      tie('array'),
      tie('object'),
    ),
    array: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map((entries) => {
      const object = {};
      for (const [key, value] of entries) setMember(object, key, value);
      return object;
    }),
  }));
}

export const { value: anyJson, object: anyJsonObject } = jsonWithNames(anyName);

/**
 * Excludes names that JSON escapes, for tests that parse what they wrote: JSON.parse of Node 24 confuses such
 * names with others that it parsed before (nodejs/node#63785).
 */
export const { value: parsableJson, object: parsableJsonObject } = jsonWithNames(unescaped);

/** Returns `depth` nested objects, each with a leaf beside the next one. */
export function deepObject(depth: number): JsonObject {
  return JSON.parse(`${'{"leaf":0,"next":'.repeat(depth)}{}${'}'.repeat(depth)}`) as JsonObject;
}
