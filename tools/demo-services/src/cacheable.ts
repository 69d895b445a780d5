import { createHash } from 'node:crypto';
import type { Answer } from './http/answer.ts';

/** For what changes behind the user's back. A failed renewal is shown for a while, and then an old copy for ten minutes. */
export const aWhile = 'private, max-age=2, stale-while-revalidate=3, stale-if-error=600';
/** For what users change themselves: they are to see it at once, on whatever replica. A copy is asked about each time. */
export const confirmed = 'private, max-age=0, stale-if-error=600';

/**
 * A read as a cache may keep it, with a tag to ask about it by; 304 when it is known already (RFC 9110, section 13.1.2).
 */
export function cacheable(answer: Answer, cacheControl: string, ifNoneMatch: string | undefined): Answer {
  const etag = answer.headers?.['ETag'] ?? `"${hash(JSON.stringify(answer.body))}"`;
  const headers = { ...answer.headers, ETag: etag, 'Cache-Control': cacheControl };
  const known = ifNoneMatch?.match(/"[^"]*"/g)?.includes(etag) ?? false;
  return known ? { status: 304, headers } : { ...answer, headers };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);
