import { describe, expect, test } from '@jest/globals';
import { mergePatchVectors } from '@bff/testbed';
import type { JsonObject } from '../../src/index.ts';
import { meansTheSame, mergePatch } from '../../src/patch/merge-patch.ts';

/** The vectors for objects: this implementation accepts no other targets. */
const appendixA = mergePatchVectors.filter((vector) =>
  vector.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each)),
) as readonly (readonly [JsonObject, JsonObject, JsonObject])[];

describe('RFC 7396', () => {
  test.each(appendixA)('RFC 7396 appendix A: %j patched with %j is %j', (original, patch, result) => {
    const [before, given] = [structuredClone(original), structuredClone(patch)];
    expect(mergePatch(original, patch)).toEqual(result);
    expect([original, patch]).toEqual([before, given]);
  });

  test('mergePatch treats the names of prototype members like any other name', () => {
    const patch = JSON.parse('{"__proto__":{"polluted":true},"constructor":null,"toString":{"a":1}}');
    const result = mergePatch({ a: 1 }, patch);
    expect(JSON.stringify(result)).toBe('{"a":1,"__proto__":{"polluted":true},"toString":{"a":1}}');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

test.each([
  [{ a: null, b: 1 }, { b: 1 }, true],
  [{ a: [{ b: null }] }, { a: [{}] }, true],
  [{ a: [null] }, { a: [] }, false],
  [{ a: 0 }, {}, false],
  [undefined, null, true],
])('H3 with null and absent as the same value, %j and %j are equal: %j', (a, b, same) => {
  expect(meansTheSame(a, b)).toBe(same);
});
