import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { bffNames } from '../src/fleet/fleet.ts';
import { runSoak } from '../src/soak-run.ts';

/**
 * Maximum heap growth per request; each process receives a part of the requests. The caches are not full
 * after so short a run; `npm run soak` detects leaks of a few bytes.
 */
const bytesPerRequest = 4_000;
const short = { seconds: 9, rate: 30, looks: 9 };

test('A11 under faults, time-outs and client disconnects the heap stays bounded and no answer is wrong', async () => {
  const { points, growth, wrong } = await runSoak(short);
  expect(wrong).toEqual([]);
  expect(points.at(-1)!.requests).toBeGreaterThan(50);
  for (const name of bffNames) expect(growth[name].low).toBeLessThan(bytesPerRequest);
}, 240_000);

test('A11 the soak run detects a leak of 32 KB per request in each process', async () => {
  const leak = ['--import', join(import.meta.dirname, 'leak-preload.ts')];
  const { growth } = await runSoak({ ...short, seconds: 5, nodeArguments: leak });
  for (const name of bffNames) expect(growth[name].low).toBeGreaterThan(bytesPerRequest);
}, 240_000);
