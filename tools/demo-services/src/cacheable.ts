import { createHash } from 'node:crypto';
import type { Answer } from './http/answer.ts';

/**
 * `Cache-Control` for data that other systems change. Caches may serve it stale for three seconds while they
 * revalidate it, and for ten minutes during an outage.
 */
export const aWhile = 'private, max-age=2, stale-while-revalidate=3, stale-if-error=600';
/**
 * `Cache-Control` for data that users change themselves. A change must be visible at once on every replica,
 * so a cache must revalidate the data at each use.
 */
export const confirmed = 'private, max-age=0, stale-if-error=600';

/**
 * Makes a read cacheable: adds `Cache-Control` and an ETag, and answers 304 to a matching If-None-Match (RFC
 * 9110, section 13.1.2).
 */
export function cacheable(answer: Answer, cacheControl: string, ifNoneMatch: string | undefined): Answer {
  const etag = answer.headers?.['ETag'] ?? `"${hash(JSON.stringify(answer.body))}"`;
  const headers = { ...answer.headers, ETag: etag, 'Cache-Control': cacheControl };
  const known = ifNoneMatch?.match(/"[^"]*"/g)?.includes(etag) ?? false;
  return known ? { status: 304, headers } : { ...answer, headers };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);
