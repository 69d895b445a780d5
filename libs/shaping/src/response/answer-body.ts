import { jsonByMembers, Problem, type Degradation } from '@bff/service-kit';
import type { JsonObject } from '../view/json.ts';

/**
 * Serializes the view without `_meta`, which is reserved for the answer.
 * @throws {Problem} `upstream-failed` when the view is nested too deeply for JSON.stringify (some thousand
 * levels) or exceeds the maximum length of a string; no client could read such a view
 */
export function viewJson(view: JsonObject): string | Buffer {
  try {
    return jsonByMembers(Object.hasOwn(view, '_meta') ? { ...view, _meta: undefined } : view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('upstream-failed', { detail: 'The view is too deep or too large.', cause: error });
  }
}

/** Appends `_meta` to the serialized view, so that the view is serialized only once. */
export function withMeta(
  json: string | Buffer,
  token: string | undefined,
  degraded: readonly Degradation[],
): string | Buffer {
  const separator = json.length === 2 ? '' : ',';
  const etag = token === undefined ? '' : `"etag":"${token}",`;
  const rest = `${separator}"_meta":{${etag}"complete":${degraded.length === 0},"degraded":${listed(degraded)}}}`;
  if (typeof json === 'string') return json.slice(0, -1) + rest;
  return Buffer.concat([json.subarray(0, -1), Buffer.from(rest)]);
}

function listed(degraded: readonly Degradation[]): string {
  if (degraded.length === 0) return '[]';
  // Copied member by member, so that additional members of these objects do not reach a client.
  return JSON.stringify(
    degraded.map(({ source, reason, fallback, age_ms }) => ({ source, reason, fallback, age_ms })),
  );
}
