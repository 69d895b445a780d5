import type { FieldPolicy } from './compile-policy.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * Whether a merge patch (RFC 7396) writes only what the tenant may see: it names nothing hidden, also not to delete
 * it, and removes or replaces nothing that has something hidden in it.
 *
 * @param patch and `current` are views: they begin at the root that the policy's paths begin at
 */
export function mayPatch(policy: FieldPolicy, patch: JsonObject, current: JsonObject): boolean {
  return policy.apply(patch) === patch && !reachesHidden(patch, current, policy.apply(current));
}

/** A policy shares with the view what it leaves untouched: a part that is the same object has nothing hidden in it. */
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
