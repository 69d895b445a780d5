import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonObject } from '@bff/diff-sync';
import { exchange } from './world/exchange.ts';
import { startMeasuredWorld, type BffAccess } from './world/measured-world.ts';
import { withRegions } from './report/page-regions.ts';
import { product } from './product.ts';
import { syncFigures } from './sync/sync-figures.ts';
import { screenPairs, webhookPairs } from './sync/sync-pairs.ts';
import { dictionaryTable, savingsTable, seriesTable, type SyncReport } from './sync/sync-tables.ts';

/**
 * `npm run sync-sizes`: measures the savings of patches and of compression dictionaries; updates docs/sync.md
 * and ADR 8.
 */
const docs = resolve(import.meta.dirname, '../../../docs');
const counts = [1, 10, 50];

const views: (readonly [screen: string, view: JsonObject])[] = [];
const world = await startMeasuredWorld(product.user);
try {
  const { url, credentials } = world.doors['mobile-bff'];
  for (const screen of product.synced)
    views.push([screen, await completeView(`${url}/api/${screen}`, credentials)]);
} finally {
  await world.close();
}

const report: SyncReport = {
  screens: views.flatMap(([screen, view]) =>
    counts.map((count) => syncFigures(screenPairs(screen, view, count))),
  ),
  series: webhookPairs().map(syncFigures),
};
const savings = savingsTable(report);
const series = seriesTable(report);
const dictionaries = dictionaryTable(report);
process.stdout.write(`${savings}\n\n${series}\n\n${dictionaries}\n`);

writeFileSync(resolve(docs, 'sync-sizes.json'), `${JSON.stringify(report, null, 2)}\n`);
update('sync.md', { 'sync:savings': savings, 'sync:series': series });
update('adr/0008-dictionary-compression.md', { 'sync:dictionaries': dictionaries });

function update(name: string, regions: Readonly<Record<string, string>>): void {
  const page = resolve(docs, name);
  writeFileSync(page, withRegions(readFileSync(page, 'utf8'), regions));
}

/**
 * Returns a complete view. Retries, because on a busy machine the first answers of a fresh process can exceed
 * their budget and be degraded.
 */
async function completeView(
  url: string,
  credentials: BffAccess['credentials'],
  tries = 5,
): Promise<JsonObject> {
  const { status, body } = await exchange(url, credentials);
  const { _meta, ...view } = JSON.parse(body.toString()) as JsonObject;
  if ((_meta as JsonObject | undefined)?.['complete'] === true) return view;
  if (tries === 1) throw new Error(`${url}: status ${status}, degraded at every attempt`);
  return completeView(url, credentials, tries - 1);
}
