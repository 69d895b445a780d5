import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startChaosWorld, type ChaosWorld } from '../src/chaos-world.ts';
import { disturbances, noDisturbance } from '../src/disturbance.ts';
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
