import { memberOf, setMember, type Json, type JsonObject } from '../protocol/json.ts';

/**
 * Returns the view in which the named members have their values of the base; those that the base lacks are
 * removed.
 */
export function preserveMembers(view: JsonObject, base: JsonObject, names: readonly string[]): JsonObject {
  const composed: Record<string, Json | undefined> = { ...view };
  for (const name of names) {
    const value = memberOf(base, name);
    if (value === undefined) Reflect.deleteProperty(composed, name);
    else setMember(composed, name, value);
  }
  return composed;
}

/** Removes `_meta`, which belongs to the answer and is not part of the patched view. */
export function withoutMeta(view: JsonObject): JsonObject {
  return Object.hasOwn(view, '_meta') ? preserveMembers(view, {}, ['_meta']) : view;
}
