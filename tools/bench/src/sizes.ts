import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { measureDegraded } from './sizes/measure-degraded.ts';
import { measureScreen } from './sizes/measure-screen.ts';
import { startMeasuredWorld } from './world/measured-world.ts';
import { nullSavings, webhookPayloads } from './sizes/null-savings.ts';
import { product } from './product.ts';
import type { ScreenFigures, SizesReport } from './sizes/report.ts';
import { seededAnswers } from './sizes/seeded-answers.ts';
import { sizesChart } from './sizes/sizes-chart.ts';
import { withFigures } from './sizes/sizes-page.ts';
import { payloadTable, screenTable } from './sizes/sizes-tables.ts';

/**
 * `npm run sizes`: requests every screen of every client in a freshly started demo world and updates
 * `docs/shaping*`.
 */
const docs = resolve(import.meta.dirname, '../../../docs');
const page = resolve(docs, 'shaping.md');
const { clients, user } = product;

const world = await startMeasuredWorld(user);
let report: SizesReport;
try {
  const degraded = await measureDegraded(clients, world);
  const screens: ScreenFigures[] = [];
  // Sequentially: the proxies count all traffic, whichever request caused it.
  for (const client of clients)
    for (const screen of Object.keys(client.screens))
      screens.push(await measureScreen(client, screen, world.doors[client.bff], world.traffic));
  const payloads = [nullSavings('GitHub webhooks', webhookPayloads())];
  for (const { of, bff, paths } of product.payloads)
    payloads.push(nullSavings(of, await seededAnswers(world.doors[bff], paths)));
  report = { user, screens, degraded, payloads };
} finally {
  await world.close();
}

const text = withFigures(readFileSync(page, 'utf8'), report);
writeFileSync(resolve(docs, 'shaping-sizes.json'), `${JSON.stringify(report, null, 2)}\n`);
writeFileSync(resolve(docs, 'shaping-sizes.svg'), sizesChart(report));
writeFileSync(page, text);
process.stdout.write(`${screenTable(report)}\n\n${payloadTable(report)}\n\ndocs/shaping.md is up to date\n`);
