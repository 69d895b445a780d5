import { expect, test } from '@jest/globals';
import { runRollingRestart } from '../src/rolling-run.ts';

test('A10 every request is answered while two replicas of web-bff are restarted one by one under load', async () => {
  const { requests, failures, exitCodes } = await runRollingRestart({ replicas: 2, rate: 10 });
  expect(failures).toEqual([]);
  expect(exitCodes).toEqual([0, 0]);
  expect(requests).toBeGreaterThan(5);
}, 240_000);
