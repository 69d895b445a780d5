import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startChaosWorld, userOfWriter, type ChaosWorld } from '../src/faults/chaos-world.ts';
import { noDisturbance } from '../src/faults/disturbance.ts';
import { disturbances } from '../src/faults/disturbances.ts';
import { createMarker } from '../src/load/marker.ts';
import { createCounter } from '../src/load/writer.ts';
import { lostWrites } from '../src/oracle/lost-writes.ts';
import { observe } from '../src/faults/observe.ts';
import { product } from '../src/product.ts';
import { serviceNames } from '../src/fleet/services.ts';

/** The short form of `npm run chaos`: real processes, two replicas of each BFF, few requests per second. */
let world: ChaosWorld;
beforeAll(async () => {
  world = await startChaosWorld({ replicas: 2, users: 1 });
}, 180_000);
afterAll(() => world.close(), 60_000);

const kinds = ['garbage', 'truncate', 'hang', 'wrong-type'];
const serviceErrors = serviceNames.map((name, at) => `${name}-service ${kinds[at % kinds.length]}`);
const wireFaults = [
  `wire to ${serviceNames[0]}-service: cut in the body`,
  `wire to ${serviceNames.at(-1)}-service: byte by byte`,
  'wire to Redis: open connections lost',
  "wire to Redis' messages: silent",
  'wire to the provider: cut in the body',
];
const named = (name: string) => [noDisturbance, ...disturbances].find((each) => each.name === name)!;

describe('under load no answer is wrong, no write is lost and no failure violates the contract during', () => {
  test.each(['none', ...serviceErrors, 'Redis frozen', ...wireFaults])(
    'A8 W10 under load with the fault "%s", no answer is wrong, no write is lost and no failure violates the contract',
    async (name) => {
      const options = { visitors: world.visitors, writers: world.writers, rate: 12, seconds: 2, patience: 0 };
      const { requests, failures } = await observe(world.fleet, named(name), options);
      expect({ name, failures }).toEqual({ name, failures: [] });
      expect(requests).toBeGreaterThan(0);
    },
    120_000,
  );
});

test('A8 the chaos run detects an acknowledged write, by HTTP request or by tool call, that the service has lost', async () => {
  // Waits until the system recovered from the faults above, after which each writer has had its turn.
  const options = { visitors: world.visitors, writers: world.writers, rate: 60, seconds: 2, patience: 30 };
  const { failures } = await observe(world.fleet, noDisturbance, options);
  expect(failures).toEqual([]);
  const lost = async (
    service: string,
    user: string,
    forget: (databaseFile: string, user: string) => number,
  ) => {
    expect(forget(world.fleet.databaseOf(service), user)).toBeGreaterThan(0);
    return lostWrites(world.fleet, world.writers);
  };
  const {
    marks,
    counter,
    tenants: [{ id: tenant }],
  } = product;
  const line = (user: string, rest: string): unknown =>
    expect.stringMatching(new RegExp(`^${tenant}/${user}: ${rest}$`));
  for (const client of ['web', 'agent'] as const) {
    const [counting, marking] = [userOfWriter(client, createCounter), userOfWriter(client, createMarker)];
    expect(await lost(marks.service, marking, marks.forgetMarks)).toContainEqual(
      line(marking, '.*-chaos-\\d+ was marked at .*, null is there'),
    );
    expect(await lost(marks.service, marking, marks.forgetItems)).toContainEqual(
      line(marking, '.*, undefined is there'),
    );
    expect(await lost(counter.service, counting, counter.forget)).toContainEqual(
      line(counting, '\\d+ was acknowledged, 0 is there'),
    );
  }
}, 120_000);
