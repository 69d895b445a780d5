import { expect, test } from '@jest/globals';
import { mergePatchOf } from '../../src/index.ts';

test.each([[{}], [{ a: null }], [{ a: { b: [1] } }]])('%j is a patch', (body) => {
  expect(mergePatchOf(body)).toBe(body);
});

test.each([
  [undefined, 'bad-request'],
  [null, 'unprocessable'],
  [[], 'unprocessable'],
  ['text', 'unprocessable'],
  [5, 'unprocessable'],
  [{ _meta: {} }, 'unprocessable'],
  [{ _meta: null }, 'unprocessable'],
])('%j is none: %s', (body, type) => {
  expect(() => mergePatchOf(body)).toThrow(expect.objectContaining({ type }));
});
