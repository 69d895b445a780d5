import { Problem } from '@bff/service-kit';

/**
 * Checks If-Match by strong comparison (RFC 9110, section 13.1.1): a weak tag never matches.
 *
 * @throws {Problem} 428 without If-Match, 412 when it names another version
 */
export function requireMatch(ifMatch: string | undefined, etag: string): void {
  if (ifMatch === undefined)
    throw new Problem('precondition-required', { detail: 'If-Match must name the version that you change' });
  if (ifMatch.trim() === '*') return;
  const tags: readonly string[] = ifMatch.match(/(?:W\/)?"[^"]*"/g) ?? [];
  if (!tags.includes(etag)) throw new Problem('precondition-failed');
}
