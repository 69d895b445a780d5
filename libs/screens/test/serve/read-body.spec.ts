import { expect, test } from '@jest/globals';
import type { Request } from 'express';
import { z } from 'zod';
import type { AnyWrite } from '../../src/index.ts';
import { readBody } from '../../src/serve/read-body.ts';

const patch = z.looseObject({});
const read = (body: unknown, schema?: z.ZodType) =>
  readBody({ body: schema } as unknown as AnyWrite, { body } as Request);

test.each([[{}], [{ a: null }], [{ a: { b: [1] } }]])('the body %j is accepted as a merge patch', (body) => {
  expect(read(body, patch)).toEqual(body);
});

test.each([
  [undefined, 'bad-request'],
  [null, 'unprocessable'],
  [[], 'unprocessable'],
  ['text', 'unprocessable'],
  [5, 'unprocessable'],
  [{ _meta: {} }, 'unprocessable'],
  [{ _meta: null }, 'unprocessable'],
])('the body %j is rejected as a merge patch: %s', (body, type) => {
  expect(() => read(body, patch)).toThrow(expect.objectContaining({ type }));
});

test('a write without a body schema forwards no body', () => {
  expect(read({ a: 1 })).toBeUndefined();
});
