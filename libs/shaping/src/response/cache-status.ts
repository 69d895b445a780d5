import type { CacheUse } from '@bff/service-kit';

/** How a cache was used for the answer of one source; `stale`: a stale entry was served after a failure. */
export interface SourceCacheUse {
  /** A token (RFC 9110). */
  readonly source: string;
  readonly cache: CacheUse | 'stale' | undefined;
}

/** Parameters of `Cache-Status` (RFC 9211, section 2) for a hit, or for the reason of a forwarded request. */
const parameters: Readonly<Record<CacheUse | 'stale', string>> = {
  hit: 'hit',
  renewed: 'hit;detail=stale-while-revalidate',
  confirmed: 'fwd=stale;fwd-status=304',
  collapsed: 'fwd=miss;collapsed',
  stale: 'fwd=stale;detail=stale-if-error',
};

/** Returns `echo;hit, things;fwd=miss;collapsed`: one member per source whose answer involved a cache. */
export function cacheStatusHeader(sources: readonly SourceCacheUse[]): string | undefined {
  let header: string | undefined;
  for (const { source, cache } of sources) {
    if (cache === undefined) continue;
    const member = `${source};${parameters[cache]}`;
    header = header === undefined ? member : `${header}, ${member}`;
  }
  return header;
}
