import { describe, expect, test } from '@jest/globals';
import {
  arrayByIndex,
  baseOverwritten,
  deletionDropped,
  fallbackDiffed,
  policyAfterStoring,
} from './model/planted-bugs.ts';
import { runModel } from './model/run-model.ts';

const steps = 60;
const seeds = Array.from({ length: 200 }, (_, index) => index + 1);
/** Events that must occur often enough for the test to be meaningful. */
const events = [
  'not-modified',
  'delta',
  'delta, degraded',
  'full',
  'full, degraded',
  'reset unknown',
  'reset unusable',
  'reset policy-changed',
  'reset unavailable',
  'lost answer',
  'stolen token',
  'device kept',
  'device patched',
];

describe('S11 all events, compared with a complete fetch', () => {
  test('in 200 seeded runs of 60 steps, each view equals the complete answer, each reset has a reason, and no blocked value appears', async () => {
    const total: Record<string, number> = {};
    const faults: string[] = [];
    for (const seed of seeds) {
      const report = await runModel(seed, steps);
      faults.push(...report.faults);
      for (const [what, count] of Object.entries(report.counts)) total[what] = (total[what] ?? 0) + count;
    }
    expect(faults).toEqual([]);
    for (const event of events)
      expect({ event, often: (total[event] ?? 0) > 100 }).toEqual({ event, often: true });
  }, 120_000);

  test('the sync model gives the same run for the same seed', async () => {
    expect(await runModel(7, steps)).toEqual(await runModel(7, steps));
  });

  test.each([deletionDropped, baseOverwritten, fallbackDiffed, policyAfterStoring, arrayByIndex()])(
    'the sync model finds the planted bug $title',
    async (bug) => {
      const faults: string[] = [];
      for (const seed of seeds.slice(0, 20)) faults.push(...(await runModel(seed, steps, bug)).faults);
      expect(faults).toContainEqual(expect.stringMatching(bug.shows));
    },
    30_000,
  );
});
