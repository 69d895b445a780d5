import { Problem } from '@bff/service-kit';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Applies a merge patch (RFC 7396, section 2). Builds objects from entries, because assigning to `__proto__`
 * would set the prototype.
 */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, mergePatch(result.get(key) ?? null, value));
  }
  return Object.fromEntries(result);
}

const mediaType = 'application/merge-patch+json';

/** Parses a merge patch. @throws {Problem} 415 for another media type, 400 when the body is not JSON */
export function readMergePatch(contentType: string | undefined, body: Buffer): Json {
  if (contentType?.split(';', 1)[0]?.trim().toLowerCase() !== mediaType)
    throw new Problem('unsupported-media-type', {
      detail: `send ${mediaType}`,
      headers: { 'Accept-Patch': mediaType },
    });
  try {
    return JSON.parse(body.toString()) as Json;
  } catch (cause) {
    throw new Problem('bad-request', { detail: 'the body is not JSON', cause });
  }
}
