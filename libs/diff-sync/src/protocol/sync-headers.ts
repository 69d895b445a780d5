import { formatMembers } from './member-list.ts';
import type { SyncAnswer } from '../server/sync-answer.ts';

/**
 * Returns the header fields of this protocol. The sender sets those of every answer (`Vary`, `Cache-Control`,
 * `BFF-Degraded`, the ETag of 200 and 304).
 */
export function syncHeaders(answer: SyncAnswer): Record<string, string> {
  const headers: Record<string, string> = {};
  if (answer.kind === 'not-modified') return headers;
  if (answer.kept.length > 0) headers['Sync-Keep'] = formatMembers(answer.kept);
  if (answer.kind === 'delta') {
    headers['Content-Type'] = 'application/json-patch+json';
    headers['IM'] = 'json-patch';
    headers['ETag'] = `"${answer.token}"`;
    headers['Delta-Base'] = `"${answer.base}"`;
    headers['Sync-Digest'] = `sha-256=:${answer.digest}:`;
  } else if (answer.reset) headers['Sync-Reset'] = answer.reset;
  return headers;
}
