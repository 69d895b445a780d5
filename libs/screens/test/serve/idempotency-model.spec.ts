import { expect, test } from '@jest/globals';
import { lockMs } from '../../src/declaration/lock-ms.ts';
import { runModel, type Broken, type Damage, type ModelRun } from './idempotency-model.ts';

const seeds = Number(process.env['MODEL_SEEDS'] ?? 1_500);
const first = Number(process.env['MODEL_FIRST_SEED'] ?? 1);

async function runSeeds(count: number, damage?: Damage): Promise<ModelRun> {
  const sum: ModelRun = {
    steps: 0,
    executedTwice: 0,
    forgotten: 0,
    underWayWithNothing: 0,
    mistaken: 0,
    falseReceipts: 0,
  };
  for (let seed = first; seed < first + count; seed++) {
    const run = await runModel(seed, damage);
    for (const name of Object.keys(sum) as (keyof ModelRun)[]) sum[name] += run[name];
  }
  return sum;
}

test('F46 with two replicas and faults at every store command, no write is made twice or forgotten, no key stays locked without a request, and no receipt is false', async () => {
  const { steps, ...broken } = await runSeeds(seeds);
  expect(broken).toEqual({
    executedTwice: 0,
    forgotten: 0,
    underWayWithNothing: 0,
    mistaken: 0,
    falseReceipts: 0,
  });
  expect(steps).toBeGreaterThan(seeds * 10);
  process.stdout.write(`${seeds} seeds, ${steps} steps\n`);
}, 120_000);

/** Planted bugs, each with the counters that it violates. */
const bugs: readonly (readonly [title: string, found: readonly (keyof Broken)[], damage: Damage])[] = [
  ['a lock is released without its token', ['executedTwice'], { store: (store) => ({ deleteIf: (key) => store.delete(key) }) }],
  ['every request gets the lock', ['executedTwice'], { store: (store) => ({ add: (key, text, ttlMs) => store.set(key, text, ttlMs).then(() => true) }) }],
  ['a lock expires before its write ends', ['executedTwice'], { store: (store) => ({ add: (key, text, ttlMs) => store.add(key, text, ttlMs === lockMs ? 1_000 : ttlMs) }) }],
  ['a lock is not released', ['underWayWithNothing', 'falseReceipts'], { store: () => ({ deleteIf: async () => true }) }],
  ['a record is not written', ['underWayWithNothing', 'forgotten'], { store: () => ({ replaceIf: async () => true }) }],
  ['a record is kept for a second', ['executedTwice', 'falseReceipts'], { store: (store) => ({ replaceIf: (key, lock, text) => store.replaceIf(key, lock, text, 1_000) }) }],
  ['a failed store command is not retried', ['underWayWithNothing', 'forgotten'], { retries: false }],
]; // prettier-ignore

test.each(bugs)('F46 the idempotency model finds the planted bug that %s', async (_, found, damage) => {
  const run = await runSeeds(200, damage);
  for (const name of found) expect(run[name]).toBeGreaterThan(0);
});
