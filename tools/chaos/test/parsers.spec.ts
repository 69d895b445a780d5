import { test } from '@jest/globals';
import fc from 'fast-check';
import { parserProperties } from '../src/fuzz/parser-properties.ts';

for (const [name, property] of Object.entries(parserProperties))
  test(`hostile input violates no property of the parsers: ${name}`, () =>
    fc.assert(property, { numRuns: 300 }));
