import { expect, test } from '@jest/globals';
import { bffNames } from '../src/fleet.ts';
import { runSoak } from '../src/soak-run.ts';

/** So short a run still fills caches: it finds a leak of whole answers, `npm run soak` one of bytes. */
const bytesPerRequest = 50_000;

test('A11 faults, time-outs and clients that hang up: the heap does not run away, no answer is wrong', async () => {
  const { points, growth, wrong } = await runSoak({ seconds: 12, rate: 20 });
  expect(wrong).toEqual([]);
  expect(points.at(-1)!.requests).toBeGreaterThan(50);
  for (const name of bffNames) expect(growth[name].low).toBeLessThan(bytesPerRequest);
}, 240_000);
