import { isArray, isObject, memberOf, setMember, type Json, type JsonObject } from '../protocol/json.ts';
import { jsonEqual } from '../protocol/json-equal.ts';

/**
 * Applies a JSON merge patch to an object (RFC 7396, section 2) and returns the result. Neither argument is
 * changed.
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const result: Record<string, Json | undefined> = {};
  for (const [name, value] of Object.entries(target)) if (value !== undefined) setMember(result, name, value);
  for (const [name, value] of Object.entries(patch)) {
    const before = memberOf(target, name);
    if (value === null) Reflect.deleteProperty(result, name);
    else if (isObject(value)) setMember(result, name, mergePatch(isObject(before) ? before : {}, value));
    else if (value !== undefined) setMember(result, name, value);
  }
  return result;
}

/** Returns whether two values are equal for a device, for which null and absent members are the same. */
export function meansTheSame(a: Json | undefined, b: Json | undefined): boolean {
  return jsonEqual(withoutNulls(a ?? null), withoutNulls(b ?? null));
}

function withoutNulls(value: Json): Json {
  if (isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value))
    if (member !== undefined && member !== null) setMember(kept, name, withoutNulls(member));
  return kept;
}
