import { expect, test } from '@jest/globals';
import * as surface from '../src/index.ts';

test('the public names of demo-services are unchanged', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'developmentSecret',
    'faultKinds',
    'registeredServices',
    'startDemoService',
    'startDemoWorld',
  ]);
});
