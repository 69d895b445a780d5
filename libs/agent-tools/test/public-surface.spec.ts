import { expect, test } from '@jest/globals';
import * as surface from '../src/index.ts';

test('the index exports the names that apps may use', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'createConfirmations',
    'createToolRunner',
    'listedTools',
    'mcpEndpoint',
    'originGuard',
    'toolFamily',
    'toolWarmUpSteps',
    'toolsOf',
    'visibleText',
  ]);
});
