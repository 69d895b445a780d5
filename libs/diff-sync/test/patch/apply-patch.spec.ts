import { describe, expect, test } from '@jest/globals';
import { applyPatch, PatchError } from '../../src/index.ts';
import { readVectors } from '../vectors/read-vectors.ts';

const { patches } = readVectors('json-patch');

describe('RFC 6902', () => {
  test.each(patches.filter(({ refused }) => !refused))(
    'applyPatch applies the patch: $title',
    ({ document, patch, result }) => {
      const [before, given] = [structuredClone(document), structuredClone(patch)];
      expect(applyPatch(document, patch)).toEqual(result);
      expect({ document, patch }).toEqual({ document: before, patch: given });
    },
  );

  test.each(patches.filter(({ refused }) => refused))(
    'applyPatch rejects the patch: $title',
    ({ document, patch }) => {
      const before = structuredClone(document);
      expect(() => applyPatch(document, patch)).toThrow(PatchError);
      expect(document).toEqual(before);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    },
  );

  test('applyPatch rejects an operation whose member op is inherited', () => {
    const operation: object = Object.assign(Object.create({ op: 'add' }), { path: '/a', value: 1 });
    expect(() => applyPatch({}, [operation])).toThrow(PatchError);
  });

  test('the result of applyPatch shares no object with the document or the patch', () => {
    const value = { deep: [1] };
    const document = { kept: { deep: [1] } };
    const result = applyPatch(document, [{ op: 'add', path: '/new', value }]) as typeof document & {
      new: typeof value;
    };
    result.kept.deep.push(2);
    result.new.deep.push(2);
    expect({ document, value }).toEqual({ document: { kept: { deep: [1] } }, value: { deep: [1] } });
  });

  test('an error of applyPatch contains no data of the document', () => {
    const secret = 'a note of this thing';
    const attempt = () =>
      applyPatch({ [secret]: secret }, [{ op: 'test', path: `/${secret}`, value: `not ${secret}` }]);
    expect(attempt).toThrow(PatchError);
    expect(attempt).not.toThrow(secret);
  });
});
