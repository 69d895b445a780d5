import { expect, test } from '@jest/globals';
import * as surface from '../src/index.ts';

test('the index exports exactly the names for apps', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'createConfirmations',
    'createToolRunner',
    'documentedTools',
    'listedTools',
    'mcpEndpoint',
    'originGuard',
    'toolFamily',
    'toolWarmUpSteps',
    'toolsOf',
    'visibleText',
  ]);
});
