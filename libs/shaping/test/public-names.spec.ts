import { expect, test } from '@jest/globals';
import * as shaping from '../src/index.ts';

test('the public names are these', () => {
  expect(Object.keys(shaping).sort()).toEqual([
    'createSender',
    'defineShape',
    'documentCompression',
    'flatten',
    'jsonBody',
    'methodNotAllowed',
    'notFound',
    'parseEntityTags',
    'parseFields',
    'problemHandler',
    'selectFields',
    'sendProblem',
    'stripNulls',
    'unflatten',
  ]);
});
