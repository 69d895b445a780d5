import { expect, test } from '@jest/globals';
import * as surface from '../src/index.ts';

test('the public names', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'developmentSecret',
    'faultKinds',
    'registeredServices',
    'startDemoService',
    'startDemoWorld',
  ]);
});
