import { expect, test } from '@jest/globals';
import * as shaping from '../src/index.ts';

test('the public names are these', () => {
  expect(Object.keys(shaping).sort()).toEqual([
    'apiParameters',
    'bodyLimits',
    'bodySettings',
    'createPageCursors',
    'createPaging',
    'createSender',
    'currentTag',
    'defineShape',
    'describeApi',
    'documentCompression',
    'emptyAnswer',
    'flatten',
    'headersOf',
    'jsonAnswer',
    'jsonBody',
    'keepContract',
    'mergePatchBody',
    'mergePatchOf',
    'methodNotAllowed',
    'notFound',
    'parseEntityTags',
    'parseFields',
    'problemHandler',
    'publicDocument',
    'reference',
    'requireMatch',
    'resourceId',
    'selectFields',
    'sendProblem',
    'stripNulls',
    'unflatten',
    'visibleView',
  ]);
});
