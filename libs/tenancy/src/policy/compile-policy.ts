import { Problem } from '@bff/service-kit';
import {
  fieldRules,
  type AllowRule,
  type BlockRule,
  type FieldLists,
  type FieldRules,
} from './field-rules.ts';
import type { Json, JsonObject } from './json.ts';

/** The part of a view that a tenant may see. */
export interface FieldPolicy {
  /** Whether the policy hides nothing. */
  readonly showsAll: boolean;
  /**
   * Returns the view without hidden members. Does not change the view; the result shares its unchanged parts.
   * @throws {Problem} `upstream-failed` for a view nested deeper than 64 levels: it is never truncated
   */
  apply(view: JsonObject): JsonObject;
  /** Returns whether any part of a top-level member can ever be shown. If not, even its name is hidden. */
  mayShow(name: string): boolean;
  /** Returns whether a member of this name is blocked at every depth. */
  isBlockedAnywhere(name: string): boolean;
  /** Root of the tree of blocked members. Undefined if the policy has an allowlist or hides nothing. */
  readonly blocks: BlockedPlace | undefined;
}

/** Node of the tree of blocked members: the rules of a policy without an allowlist for one path. */
export interface BlockedPlace {
  /** Returns the node of a member; undefined when the member is hidden. */
  member(name: string): BlockedPlace | undefined;
  /** Returns the node of the items of an array. */
  item(): BlockedPlace;
  /** Returns the visible part of a value at this path. @throws {Problem} as {@link FieldPolicy.apply} */
  shown(value: Json): Json | undefined;
}

/** Maximum depth of a view, because unbounded recursion could overflow the stack (H8). */
const maxDepth = 64;

/**
 * Compiles lists of blocked and allowed members to a policy.
 * @param narrower further lists, each of which hides more of the view
 * @throws {TypeError} with the reason, when a path is malformed
 */
export function compilePolicy(lists: FieldLists, ...narrower: readonly FieldLists[]): FieldPolicy {
  const rules = fieldRules([lists, ...narrower]);
  const showsAll = rules.allow.whole && rules.blockedNames.size === 0 && rules.block.members.size === 0;
  if (showsAll)
    return {
      showsAll,
      apply: (view) => view,
      mayShow: () => true,
      isBlockedAnywhere: () => false,
      blocks: undefined,
    };
  return {
    showsAll,
    apply: (view) => shownOfObject(view, rules.allow, rules.block, 1, rules) ?? {},
    mayShow: (name) => !rules.blockedNames.has(name) && (rules.allow.whole || rules.allow.members.has(name)),
    isBlockedAnywhere: (name) => rules.blockedNames.has(name),
    blocks: rules.allow.whole ? blockedPlace(rules, rules.block, 1) : undefined,
  };
}

function blockedPlace(rules: FieldRules, block: BlockRule | undefined, depth: number): BlockedPlace {
  return {
    member(name) {
      const blocked = block?.members.get(name);
      const isHidden = rules.blockedNames.has(name) || name === '__proto__' || blocked?.blocked;
      return isHidden ? undefined : blockedPlace(rules, blocked, depth + 1);
    },
    item: () => blockedPlace(rules, block, depth + 1),
    shown: (value) => shown(value, rules.allow, block, depth, rules),
  };
}

/** Returns the visible part of a value; undefined when there is none. */
function shown(
  value: Json,
  allow: AllowRule,
  block: BlockRule | undefined,
  depth: number,
  rules: FieldRules,
): Json | undefined {
  if (value === null || typeof value !== 'object') return allow.whole ? value : undefined;
  if (depth > maxDepth)
    throw new Problem('upstream-failed', { detail: `The view nests deeper than ${maxDepth} levels.` });
  return isArray(value)
    ? shownOfArray(value, allow, block, depth, rules)
    : shownOfObject(value, allow, block, depth, rules);
}

/** Returns the object itself when nothing is hidden, else a copy. */
function shownOfObject(
  value: JsonObject,
  allow: AllowRule,
  block: BlockRule | undefined,
  depth: number,
  rules: FieldRules,
): JsonObject | undefined {
  const names = Object.keys(value);
  let copy: Record<string, Json> | undefined;
  let left = names.length;
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string;
    const before = value[name] as Json;
    const after = shownOfMember(name, before, allow, block, depth, rules);
    if (after === undefined) left--;
    if (after === before && after !== undefined) {
      if (copy) copy[name] = after;
      continue;
    }
    copy ??= firstOf(value, names, index);
    if (after !== undefined) copy[name] = after;
  }
  return left === 0 && !allow.whole ? undefined : (copy ?? value);
}

function firstOf(value: JsonObject, names: readonly string[], count: number): Record<string, Json> {
  const copy: Record<string, Json> = {};
  for (let index = 0; index < count; index++) {
    const name = names[index] as string;
    copy[name] = value[name] as Json;
  }
  return copy;
}

function shownOfMember(
  name: string,
  value: Json,
  allow: AllowRule,
  block: BlockRule | undefined,
  depth: number,
  rules: FieldRules,
): Json | undefined {
  // No service has a legitimate member `__proto__`. Code that copies the view could set a prototype with it
  // (prototype pollution).
  if (rules.blockedNames.has(name) || name === '__proto__') return undefined;
  const allowed = allow.whole ? allow : allow.members.get(name);
  const blocked = block?.members.get(name);
  if (!allowed || blocked?.blocked) return undefined;
  return shown(value, allowed, blocked, depth + 1, rules);
}

/**
 * Returns the visible part of an array with the same length: an item without visible members becomes `{}`.
 */
function shownOfArray(
  value: readonly Json[],
  allow: AllowRule,
  block: BlockRule | undefined,
  depth: number,
  rules: FieldRules,
): readonly Json[] | undefined {
  const allowed = allow.whole ? allow : allow.items;
  if (!allowed) return undefined;
  let copy: Json[] | undefined;
  for (let index = 0; index < value.length; index++) {
    const before = value[index] as Json;
    const after = shown(before, allowed, block, depth + 1, rules);
    if (after === before && after !== undefined) continue;
    copy ??= value.slice();
    copy[index] = after ?? {};
  }
  return copy ?? value;
}

const isArray: (value: object) => value is readonly Json[] = Array.isArray;
