import type { FieldPolicy } from './compile-policy.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * Returns whether a merge patch (RFC 7396) writes only what the tenant may see. It must not name a hidden
 * member, not even to delete it, and must not remove or replace a value that contains a hidden one.
 * @param patch starts at the root of the view, as `current` and the paths of the policy do
 */
export function mayPatch(policy: FieldPolicy, patch: JsonObject, current: JsonObject): boolean {
  return policy.apply(patch) === patch && !reachesHidden(patch, current, policy.apply(current));
}

/**
 * Returns whether a patch removes or replaces a value that contains a hidden member. Compares values before
 * and after the policy by identity, because a policy returns the same object when it hides nothing in it.
 */
function reachesHidden(patch: JsonObject, current: JsonObject, seen: JsonObject): boolean {
  return Object.entries(patch).some(([name, change]) => {
    const before = memberOf(current, name);
    const visible = memberOf(seen, name);
    if (before === visible) return false;
    if (!isObject(change) || !isObject(before)) return true;
    return reachesHidden(change, before, isObject(visible) ? visible : {});
  });
}

const memberOf = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
