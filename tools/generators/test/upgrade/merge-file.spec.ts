import { describe, expect, test } from '@jest/globals';
import { mergeFile, type Merged } from '../../src/upgrade/merge-file.ts';

const merge = (path: string, old?: string, yours?: string, next?: string): Merged => {
  const [a, b, c] = [old, yours, next].map((text) => (text === undefined ? undefined : Buffer.from(text)));
  return mergeFile(path, { old: a, yours: b, next: c });
};
const contentOf = (merged: Merged): string => String('content' in merged ? merged.content : undefined);

describe('merging a file', () => {
  test.each<[string, string | undefined, string | undefined, string | undefined, string, string]>([
    ['that only the template changed is taken', 'a\n', 'a\n', 'b\n', 'taken', 'b\n'],
    ['that the template added is taken', undefined, undefined, 'b\n', 'taken', 'b\n'],
    ['that only the template deleted is deleted', 'a\n', 'a\n', undefined, 'taken', 'undefined'],
    ['that only you changed is kept', 'a\n', 'b\n', 'a\n', 'kept', 'undefined'],
    ['that both changed to the same content is kept', 'a\n', 'b\n', 'b\n', 'kept', 'undefined'],
    ['that both deleted is kept', 'a\n', undefined, undefined, 'kept', 'undefined'],
    ['that you deleted stays deleted', 'a\n', undefined, 'b\n', 'left deleted', 'undefined'],
    [
      'with changes far apart is merged',
      'a\n1\n2\n3\nb\n',
      'A\n1\n2\n3\nb\n',
      'a\n1\n2\n3\nB\n',
      'merged',
      'A\n1\n2\n3\nB\n',
    ],
    ['that the template deleted and you changed is a conflict', 'a\n', 'b\n', undefined, 'conflict', 'b\n'],
    ['that is binary and changed by both is a conflict', '\0a', '\0b', '\0c', 'conflict', '\0b'],
    [
      'that both added is a conflict',
      undefined,
      'a\n',
      'b\n',
      'conflict',
      '<<<<<<< yours\na\n=======\nb\n>>>>>>> new template\n',
    ],
    [
      'of which both changed one line is a conflict',
      'a\n',
      'b\n',
      'c\n',
      'conflict',
      '<<<<<<< yours\nb\n=======\nc\n>>>>>>> new template\n',
    ],
  ])('a file %s', (_, old, yours, next, kind, content) => {
    const merged = merge('a.txt', old, yours, next);
    expect([merged.kind, contentOf(merged)]).toEqual([kind, content]);
  });
});

describe('a region that nx sync writes', () => {
  const region = (...lines: string[]): string =>
    ['  # rows: written by nx sync', ...lines, '  # end of rows'].join('\n');
  test('a region that nx sync writes is not a difference', () => {
    expect(merge('a.yaml', region('x'), region('y'), region('z'))).toEqual({ kind: 'kept' });
  });
  test("a region that nx sync writes keeps the copy's lines when the template changed the lines around the region", () => {
    const merged = merge(
      'a.yaml',
      `a\n${region('x')}\nb\n`,
      `a\n${region('y', 'y')}\nb\n`,
      `A\n${region()}\nb\n`,
    );
    expect(contentOf(merged)).toBe(`A\n${region('y', 'y')}\nb\n`);
  });
  test('a region that nx sync writes is taken from the template when the copy does not have the region', () => {
    expect(contentOf(merge('a.yaml', 'a\n', 'a\n', `a\n${region('x')}\n`))).toBe(`a\n${region('x')}\n`);
  });
});

describe('a manifest is merged by member', () => {
  const print = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
  const merged = (old: object, yours: object, next: object): unknown => {
    const { kind, ...rest } = merge('tools/a/package.json', print(old), print(yours), print(next));
    return kind === 'merged' ? JSON.parse(contentOf({ kind, ...rest })) : kind;
  };
  test('a manifest is merged when template and copy added neighbouring members', () => {
    const scripts = { a: '1' };
    expect(
      JSON.stringify(
        merged({ scripts }, { scripts: { ...scripts, mine: '2' } }, { scripts: { ...scripts, b: '3' } }),
      ),
    ).toBe('{"scripts":{"a":"1","b":"3","mine":"2"}}');
  });
  test.each([
    ['4.6.7', '4.10.0', '4.9.1', '4.10.0'],
    ['4.6.7', '4.6.8', '5.0.0', '5.0.0'],
  ])(
    'in a manifest with a version changed from %s to %s and %s, the higher version %s is kept',
    (old, yours, next, result) => {
      const of = (zod: string) => ({ dependencies: { zod } });
      expect(merged(of(old), of(yours), of(next))).toEqual(of(result));
    },
  );
  test('in a manifest, a member that the copy deleted and the template changed stays deleted', () => {
    expect(merged({ a: '1', b: 1 }, { b: 2 }, { a: '2', b: 1 })).toEqual({ b: 2 });
  });
  test('in a manifest, changes of a list by template and copy are both applied', () => {
    expect(merged({ a: ['x', 'y'] }, { a: ['x', 'y', 'mine'] }, { a: ['y', 'z'] })).toEqual({
      a: ['y', 'mine', 'z'],
    });
  });
  test('in a manifest, a member that template and copy changed differently is a conflict', () => {
    expect(merged({ a: 'x' }, { a: 'y' }, { a: 'z' })).toBe('conflict');
  });
});
