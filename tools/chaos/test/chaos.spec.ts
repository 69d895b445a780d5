import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startChaosWorld, type ChaosWorld } from '../src/chaos-world.ts';
import { disturbances, noDisturbance } from '../src/disturbance.ts';
import { lostWrites } from '../src/lost-writes.ts';
import { observe } from '../src/observe.ts';

/** The short form of `npm run chaos`: real processes, two replicas of each BFF, few requests a second. */
let world: ChaosWorld;
beforeAll(async () => {
  world = await startChaosWorld({ replicas: 2, users: 1 });
}, 180_000);
afterAll(() => world.close(), 60_000);

const named = (name: string) => [noDisturbance, ...disturbances].find((each) => each.name === name)!;

describe('under load no answer is wrong, no write is lost, and no failure is one that the contract forbids', () => {
  test.each([
    'none',
    'user-service garbage',
    'order-service truncate',
    'notification-service hang',
    'loyalty-service wrong-type',
    'Redis frozen',
  ])('A8 W10 %s', async (name) => {
    const options = { visitors: world.visitors, writers: world.writers, rate: 12, seconds: 2, patience: 0 };
    const { requests, failures } = await observe(world.fleet, named(name), options);
    expect({ name, failures }).toEqual({ name, failures: [] });
    expect(requests).toBeGreaterThan(0);
  }, 120_000); // prettier-ignore
});

test('A8 a write that was acknowledged and is forgotten is found', async () => {
  const options = { visitors: world.visitors, writers: world.writers, rate: 60, seconds: 2, patience: 0 };
  const { failures } = await observe(world.fleet, noDisturbance, options);
  expect(failures).toEqual([]);
  const lost = async (service: 'user' | 'notification', forget: string) => {
    const database = new DatabaseSync(world.fleet.databaseOf(service), { timeout: 5_000 });
    expect(database.prepare(forget).run().changes).toBeGreaterThan(0);
    database.close();
    return lostWrites(world.fleet, world.writers);
  };
  const planted = "FROM notifications WHERE id LIKE 'acme-user-054-chaos-%'";
  expect(await lost('notification', `UPDATE notifications SET read_at = NULL WHERE id IN (SELECT id ${planted})`))
    .toContainEqual(expect.stringMatching(/^acme\/acme-user-054: .*-chaos-\d+ was read at .*, null is there$/));
  expect(await lost('notification', `DELETE ${planted}`))
    .toContainEqual(expect.stringMatching(/^acme\/acme-user-054: .*, undefined is there$/));
  expect(await lost('user', "UPDATE preferences SET document = '{}' WHERE user_id = 'acme-user-051'"))
    .toContainEqual(expect.stringMatching(/^acme\/acme-user-051: \d+ was acknowledged, 0 is there$/));
}, 120_000); // prettier-ignore
