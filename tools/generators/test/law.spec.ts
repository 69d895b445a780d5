import { expect, test } from '@jest/globals';
import { checkLaw } from './law/check-law.ts';

test('a value that a schema accepts is accepted by what is generated, and keeps every member that the schema names', () => {
  const { values, accepted } = checkLaw(40);
  expect(values).toBe(40 * 3 * 24);
  // Else the values that are made would prove nothing.
  expect(accepted).toBeGreaterThan(values / 4);
});
