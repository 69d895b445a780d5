import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { stripNulls, type Json } from '@bff/shaping';
import { spreadOf } from '../report/quantile.ts';
import type { Coded, PayloadFigures } from './report.ts';

/** Savings that null stripping is often said to have, in percent (docs/shaping.md). */
export const claim = { from: 15, to: 40 } as const;

const require = createRequire(import.meta.url);
/** Folders of `@octokit/webhooks-examples`: github.com, and versions of GitHub Enterprise Server. */
const editions = ['api.github.com', 'ghes-31', 'ghes-32', 'ghes-33', 'ghes-34', 'ghes-35'];

/**
 * Returns every example of `@octokit/webhooks-examples` as compact JSON, without duplicates between editions.
 */
export function webhookPayloads(): string[] {
  const texts = editions.flatMap((edition) => {
    const events = require(`@octokit/webhooks-examples/${edition}/index.json`) as { examples: Json[] }[];
    return events.flatMap(({ examples }) => examples.map((example) => JSON.stringify(example)));
  });
  return [...new Set(texts)];
}

/** Returns the size in bytes, uncoded and by each coding that the servers use. */
export const codedSizes = (json: string): Coded => ({
  bytes: Buffer.byteLength(json),
  gzipBytes: gzipSync(json, { level: 6 }).length,
});

/** Returns the sizes with and without null members. @param json of a view or payload */
export const nullSizes = (json: string): { kept: Coded; stripped: Coded } => ({
  kept: codedSizes(json),
  stripped: codedSizes(JSON.stringify(stripNulls(JSON.parse(json)))),
});

export const savedPercent = (before: number, after: number): number => (100 * (before - after)) / before;

/** Returns the savings of null stripping over payloads. @param of kind of the payloads */
export function nullSavings(of: string, payloads: readonly string[]): PayloadFigures {
  const sizes = payloads.map(nullSizes);
  const sum = (part: 'kept' | 'stripped', bytes: keyof Coded): number =>
    sizes.reduce((total, size) => total + size[part][bytes], 0);
  const saved = sizes.map(({ kept, stripped }) => savedPercent(kept.bytes, stripped.bytes));
  const savedGzip = sizes.map(({ kept, stripped }) => savedPercent(kept.gzipBytes, stripped.gzipBytes));
  const asClaimed = (values: readonly number[]): number =>
    values.filter((value) => value >= claim.from).length;
  return {
    of,
    payloads: sizes.length,
    bytes: sum('kept', 'bytes'),
    strippedBytes: sum('stripped', 'bytes'),
    gzipBytes: sum('kept', 'gzipBytes'),
    strippedGzipBytes: sum('stripped', 'gzipBytes'),
    savedPercent: spreadOf(saved),
    savedGzipPercent: spreadOf(savedGzip),
    asClaimed: asClaimed(saved),
    asClaimedGzip: asClaimed(savedGzip),
  };
}
