import { expect, test } from '@jest/globals';
import { runIsolation } from '../src/isolation/isolation-run.ts';

test('T1 F40 with the same ids in two tenants, no answer, log line, key or value of one tenant contains data of the other or a blocked value', async () => {
  const report = await runIsolation(1);
  const {
    leaks,
    confused,
    crossed,
    proof,
    requests,
    redisEntries,
    cacheEntries,
    toolResults,
    logLines,
    statuses,
  } = report;
  expect({ leaks, confused, crossed }).toEqual({ leaks: [], confused: [], crossed: [] });
  expect(proof.found).toBe(proof.planted);
  expect(requests).toBeGreaterThan(500);
  expect(toolResults).toBeGreaterThan(50);
  expect(redisEntries).toBeGreaterThan(20);
  expect(cacheEntries).toBeGreaterThan(5);
  expect(logLines).toBeGreaterThan(10);
  // The run included deltas, conditional answers, rejections and lost sources.
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '226', '304', '400', '403', '404']));
}, 240_000);
