import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { applyPatch, PatchError, type Json } from '../../src/index.ts';

/**
 * One record of github.com/json-patch/json-patch-tests. A record without `expected` and `error` consists of
 * tests that succeed.
 */
interface Case {
  readonly comment?: string;
  readonly doc: Json;
  readonly patch: unknown;
  readonly expected?: Json;
  readonly error?: string;
}

const require = createRequire(import.meta.url);
const cases = ['spec_tests.json', 'tests.json'].flatMap((file) =>
  (require(`json-patch-test-suite/${file}`) as readonly Case[]).map((each, index) => ({
    ...each,
    title: `${file} ${index}: ${each.comment ?? JSON.stringify(each.patch)}`,
  })),
);

/**
 * The text of this record has `op` twice, and must be rejected. JSON.parse silently keeps the last one (RFC
 * 8259, section 4, allows it), so any implementation on parsed values gets a valid patch; the suite itself
 * disables the record. Our own patches come from JSON.stringify, which cannot duplicate a name.
 */
const toldApartByNoParser = 'tests.json 76: duplicate ops';

const answered = cases.filter(({ title, error }) => error === undefined && title !== toldApartByNoParser);
const refused = cases.filter(({ title, error }) => error !== undefined && title !== toldApartByNoParser);

describe('json-patch-test-suite 1.1.0, including its disabled records', () => {
  test('of the 95 records of json-patch-test-suite, 70 have to be applied, 24 have to be rejected, and one is an exception', () => {
    expect([cases.length, answered.length, refused.length]).toEqual([95, 70, 24]);
  });

  test.each(answered)(
    'applyPatch applies the patch of json-patch-test-suite: $title',
    ({ doc, patch, expected = doc }) => {
      expect(applyPatch(doc, patch)).toEqual(expected);
    },
  );

  test.each(refused)('applyPatch rejects the patch of json-patch-test-suite: $title', ({ doc, patch }) => {
    expect(() => applyPatch(doc, patch)).toThrow(PatchError);
  });

  test(`the result of applyPatch differs from json-patch-test-suite for ${toldApartByNoParser}`, () => {
    const { doc, patch } = cases.find(({ title }) => title === toldApartByNoParser)!;
    expect(patch).toEqual([{ op: 'move', path: '/baz', value: 'qux', from: '/foo' }]);
    expect(applyPatch(doc, patch)).toEqual({ baz: 'bar' });
  });
});
