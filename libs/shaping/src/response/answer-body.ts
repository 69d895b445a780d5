import { Problem, type Degradation } from '@bff/service-kit';
import type { JsonObject } from '../view/json.ts';

/**
 * The view as JSON, without `_meta`: that name is the answer's own.
 *
 * @throws {Problem} `upstream-failed` when the view is nested too deep for JSON.stringify (some thousand levels) or
 * longer than a string can be: a source sent what no client could read
 */
export function viewJson(view: JsonObject): string {
  try {
    return JSON.stringify(Object.hasOwn(view, '_meta') ? { ...view, _meta: undefined } : view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('upstream-failed', { detail: 'The view is too deep or too large.', cause: error });
  }
}

/** `_meta` is put behind the members as text, so that the view is made into JSON once only. */
export function withMeta(json: string, token: string | undefined, degraded: readonly Degradation[]): string {
  const separator = json === '{}' ? '' : ',';
  const etag = token === undefined ? '' : `"etag":"${token}",`;
  return `${json.slice(0, -1)}${separator}"_meta":{${etag}"complete":${degraded.length === 0},"degraded":${listed(degraded)}}}`;
}

function listed(degraded: readonly Degradation[]): string {
  if (degraded.length === 0) return '[]';
  // Member by member: nothing that a caller hung on these objects reaches a client.
  return JSON.stringify(
    degraded.map(({ source, reason, fallback, age_ms }) => ({ source, reason, fallback, age_ms })),
  );
}
