import { formatMembers } from './member-list.ts';
import type { SyncAnswer } from '../server/sync-answer.ts';

/**
 * Returns the header fields that only this protocol needs. The sender of libs/shaping sets the fields that
 * every answer has: `Vary`, `Cache-Control`, `BFF-Degraded`, and the ETag of a 200 or 304.
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
