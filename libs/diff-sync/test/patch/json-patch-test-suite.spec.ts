import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { applyPatch, PatchError, type Json } from '../../src/index.ts';

/** One record of github.com/json-patch/json-patch-tests. With neither outcome it is made of tests that hold. */
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
 * The text of this record names `op` twice, and must be refused. JSON.parse keeps the last one and tells nobody (RFC
 * 8259, section 4, lets it), so what arrives at any applier of values is a patch without a fault: the suite itself
 * disables the record. Our own patches are made by JSON.stringify, which cannot say a name twice.
 */
const toldApartByNoParser = 'tests.json 76: duplicate ops';

const answered = cases.filter(({ title, error }) => error === undefined && title !== toldApartByNoParser);
const refused = cases.filter(({ title, error }) => error !== undefined && title !== toldApartByNoParser);

describe('json-patch-test-suite 1.1.0, the records that it disables included', () => {
  test('95 records: 70 answered, 24 refused, one that differs', () => {
    expect([cases.length, answered.length, refused.length]).toEqual([95, 70, 24]);
  });

  test.each(answered)('$title', ({ doc, patch, expected = doc }) => {
    expect(applyPatch(doc, patch)).toEqual(expected);
  });

  test.each(refused)('refused: $title', ({ doc, patch }) => {
    expect(() => applyPatch(doc, patch)).toThrow(PatchError);
  });

  test(`differs: ${toldApartByNoParser}`, () => {
    const { doc, patch } = cases.find(({ title }) => title === toldApartByNoParser)!;
    expect(patch).toEqual([{ op: 'move', path: '/baz', value: 'qux', from: '/foo' }]);
    expect(applyPatch(doc, patch)).toEqual({ baz: 'bar' });
  });
});
