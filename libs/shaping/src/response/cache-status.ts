import type { CacheUse } from '@bff/service-kit';

/** How a cache came into the answer of one source; `stale`: a copy stood in for an answer that failed. */
export interface SourceCacheUse {
  /** A token. */
  readonly source: string;
  readonly cache: CacheUse | 'stale' | undefined;
}

/** RFC 9211, section 2: what it was answered with, or why it was forwarded. */
const parameters: Readonly<Record<CacheUse | 'stale', string>> = {
  hit: 'hit',
  renewed: 'hit;detail=stale-while-revalidate',
  confirmed: 'fwd=stale;fwd-status=304',
  collapsed: 'fwd=miss;collapsed',
  stale: 'fwd=stale;detail=stale-if-error',
};

/** `Cache-Status: echo;hit, things;fwd=miss;collapsed`: one member for each source in whose answer a cache had part. */
export function cacheStatusHeader(sources: readonly SourceCacheUse[]): string | undefined {
  let header: string | undefined;
  for (const { source, cache } of sources) {
    if (cache === undefined) continue;
    const member = `${source};${parameters[cache]}`;
    header = header === undefined ? member : `${header}, ${member}`;
  }
  return header;
}
