import { memberOf, setMember, type Json, type JsonObject } from '../protocol/json.ts';

/** The view with the named members as the base has them: absent there is absent here. */
export function carryOver(view: JsonObject, base: JsonObject, names: readonly string[]): JsonObject {
  const composed: Record<string, Json | undefined> = { ...view };
  for (const name of names) {
    const value = memberOf(base, name);
    if (value === undefined) Reflect.deleteProperty(composed, name);
    else setMember(composed, name, value);
  }
  return composed;
}

/** Without `_meta`: that name is the answer's own, and no part of what is patched. */
export function withoutMeta(view: JsonObject): JsonObject {
  return Object.hasOwn(view, '_meta') ? carryOver(view, {}, ['_meta']) : view;
}
