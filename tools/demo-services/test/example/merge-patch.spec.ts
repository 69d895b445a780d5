import { expect, test } from '@jest/globals';
import { mergePatchVectors } from '@bff/testbed';
import { mergePatch, type Json } from '../../src/http/merge-patch.ts';

test.each(mergePatchVectors)('%j patched with %j gives %j', (target, patch, result) => {
  expect(mergePatch(target, patch)).toEqual(result);
});

test('a patch of __proto__ changes a member with that name and not the prototype', () => {
  const result = mergePatch({}, JSON.parse('{"__proto__":{"admin":true}}') as Json) as Record<
    string,
    unknown
  >;
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  expect(result['admin']).toBeUndefined();
  expect(JSON.stringify(result)).toBe('{"__proto__":{"admin":true}}');
});

test('target and patch are not modified', () => {
  const target = { a: { b: 1 } };
  const patch = { a: { c: 2 } };
  mergePatch(target, patch);
  expect([target, patch]).toEqual([{ a: { b: 1 } }, { a: { c: 2 } }]);
});
