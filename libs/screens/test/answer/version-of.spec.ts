import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { versionOf } from '../../src/index.ts';

test('a version of an answer that is declared by a schema alone is the view without the members that the schema does not name', () => {
  const { of } = versionOf(z.object({ items: z.array(z.object({ id: z.string() })) }));
  expect(of({ items: [{ id: 'i1', secret: 's' }], other: 1 })).toEqual({ items: [{ id: 'i1' }] });
  expect(of({})).toEqual({});
});
