import { describe, expect, test } from '@jest/globals';
import { deviceBugs } from './model/device-bugs.ts';
import { runDeviceModel } from './model/run-device-model.ts';

const steps = 60;
/** Set MODEL_SEEDS higher for a long run. */
const lives = Number(process.env['MODEL_SEEDS'] ?? 100);
const first = Number(process.env['MODEL_FIRST_SEED'] ?? 1);
const seeds = Array.from({ length: lives }, (_, index) => first + index);
/** Events that must occur often enough for the test to be meaningful. */
const events = [
  'applied',
  'rejected',
  'superseded',
  'failed',
  'conflict',
  'lost',
  'offline',
  'foreign',
  'cut',
  'hang',
  'in flight',
  'unauthorized',
  'storage fault',
  'refresh patched',
  'refresh unchanged',
  'refresh full',
  'refresh kept',
];

describe('a device with two tabs, one storage and an HTTP cache', () => {
  test(`${lives} seeds of ${steps} steps each with two tabs: views never diverge, and no write is lost, made twice or reported wrongly`, async () => {
    const total: Record<string, number> = {};
    const faults: string[] = [];
    for (const seed of seeds) {
      const report = await runDeviceModel(seed, steps);
      faults.push(...report.faults);
      for (const [what, count] of Object.entries(report.counts)) total[what] = (total[what] ?? 0) + count;
    }
    if (process.env['MODEL_SEEDS']) process.stderr.write(`${JSON.stringify(total)}\n`);
    expect(faults).toEqual([]);
    for (const event of events)
      expect({ event, often: (total[event] ?? 0) > lives / 10 }).toEqual({ event, often: true });
  }, 3_600_000);

  test.each(deviceBugs)(
    'the device model finds the planted bug $title',
    async (bug) => {
      const faults: string[] = [];
      for (const seed of seeds.slice(0, 40)) faults.push(...(await runDeviceModel(seed, steps, bug)).faults);
      expect(faults).toContainEqual(expect.stringMatching(bug.shows!));
    },
    60_000,
  );
});
