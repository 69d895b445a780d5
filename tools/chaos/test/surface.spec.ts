import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bffNames, startFleet, type Fleet } from '../src/fleet/fleet.ts';
import { fuzzHttp } from '../src/fuzz/http-fuzz.ts';
import { fuzzSockets } from '../src/fuzz/raw-fuzz.ts';

/** The short form of `npm run fuzz`. A failure prints the seed, which reproduces it, and a counterexample. */
const seed = Date.now() % 2 ** 31;
let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet({ replicas: 1, env: { BURST_LIMIT: '10000000', DAILY_LIMIT: '10000000' } });
}, 180_000);
afterAll(() => fleet.close(), 60_000);

test('hostile requests to every documented operation get a known problem in time and never a 5xx', async () => {
  const { requests, statuses } = await fuzzHttp(fleet, { runs: 250, seed });
  expect(requests).toBe(250);
  expect(Object.keys(statuses).some((status) => status.startsWith('4'))).toBe(true);
}, 180_000);

test('bytes that are not HTTP never cause a 5xx', async () => {
  for (const name of bffNames) {
    const { port } = new URL(fleet.replicas[name][0]!.url);
    await expect(fuzzSockets(Number(port), { runs: 40, seed })).resolves.toBeUndefined();
  }
}, 120_000);
