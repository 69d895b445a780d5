import { expect, test } from '@jest/globals';
import * as shaping from '../src/index.ts';

test('the public names are these', () => {
  expect(Object.keys(shaping).sort()).toEqual([
    'bodyLimits',
    'bodySettings',
    'createPageCursors',
    'createPaging',
    'createSender',
    'currentTag',
    'defineShape',
    'documentCompression',
    'flatten',
    'jsonBody',
    'mergePatchBody',
    'mergePatchOf',
    'methodNotAllowed',
    'notFound',
    'parseEntityTags',
    'parseFields',
    'problemHandler',
    'requireMatch',
    'resourceId',
    'selectFields',
    'sendProblem',
    'stripNulls',
    'unflatten',
    'visibleView',
  ]);
});
