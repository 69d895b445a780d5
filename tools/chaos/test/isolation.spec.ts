import { expect, test } from '@jest/globals';
import { runIsolation } from '../src/isolation/isolation-run.ts';

test('T1 F40 two tenants with the same ids: no word of one in any answer, log line, key or value of the other, and no blocked value anywhere', async () => {
  const report = await runIsolation(1);
  const { leaks, confused, crossed, proof, requests, redisEntries, cacheEntries, logLines, statuses } =
    report;
  expect({ leaks, confused, crossed }).toEqual({ leaks: [], confused: [], crossed: [] });
  expect(proof.found).toBe(proof.planted);
  expect(requests).toBeGreaterThan(500);
  expect(redisEntries).toBeGreaterThan(20);
  expect(cacheEntries).toBeGreaterThan(5);
  expect(logLines).toBeGreaterThan(10);
  // Deltas, conditional answers, refusals and lost sources were all among it.
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '226', '304', '400', '403', '404']));
}, 240_000);
