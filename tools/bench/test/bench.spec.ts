import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { caseGroups } from '../src/performance/cases.ts';
import { measureGroup } from '../src/performance/measure-group.ts';
import { startBenchWorld } from '../src/performance/bench-world.ts';
import { quartilesOf, ratios } from '../src/performance/summarise.ts';

const bundle = resolve(import.meta.dirname, '../../../apps/web-bff/dist/bundle/main.js');
/** Far above the promises, for a machine that others use as well: this finds a cost that has doubled, not one that has grown. */
const most = { 'node-http': 7, 'express-usual': 1.2 };

test('a cold screen costs less than Express with the usual features, and a bounded multiple of the floor', async () => {
  expect({ bundle, built: existsSync(bundle) }).toEqual({ bundle, built: true });
  const world = await startBenchWorld();
  try {
    const names = ['web-bff', ...Object.keys(most)];
    const cases = caseGroups[0]!.cases.filter(({ name }) => names.includes(name));
    const figures = await measureGroup({ cases }, world, { rounds: 3, requests: 500, warmUp: 1_000 });
    const of = (wanted: string) => figures.find(({ name }) => name === wanted)!;
    for (const [peer, limit] of Object.entries(most)) {
      const { median } = quartilesOf(ratios(of('web-bff'), of(peer)), 2);
      expect(median).toBeGreaterThan(0);
      expect(median).toBeLessThanOrEqual(limit);
    }
  } finally {
    await world.close();
  }
}, 170_000);
