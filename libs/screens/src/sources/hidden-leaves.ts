import type { FieldPolicy } from '@bff/tenancy';

interface Filtered {
  /** The members that a source gives to the view. */
  readonly part: unknown;
  /** Those members of `part` that the policy shows. */
  readonly seen: unknown;
  /** The answer of the upstream. */
  readonly value: unknown;
  readonly policy: FieldPolicy;
}

/** Returns whether one of the texts or numbers in `needed` is a value that the policy hides. */
export function hidesLeafOf(needed: unknown, { part, seen, value, policy }: Filtered): boolean {
  const leaves = new Set<unknown>();
  addLeaves(needed, leaves);
  if (leaves.size === 0) return false;
  const hidden = new Set<unknown>();
  addHidden(part, seen, hidden);
  addBlocked(value, policy, hidden);
  return [...leaves].some((leaf) => hidden.has(leaf));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function addLeaves(value: unknown, leaves: Set<unknown>): void {
  if (isObject(value)) for (const each of Object.values(value)) addLeaves(each, leaves);
  else if (typeof value === 'string' || typeof value === 'number') leaves.add(value);
}

/**
 * Adds the texts and numbers that a value has before the policy but not after it. Skips equal references,
 * because a policy returns the same object for a part that it leaves unchanged.
 */
function addHidden(before: unknown, after: unknown, hidden: Set<unknown>): void {
  if (before === after) return;
  if (!isObject(before)) return addLeaves(before, hidden);
  for (const [name, each] of Object.entries(before))
    addHidden(each, isObject(after) ? after[name] : undefined, hidden);
}

/**
 * Adds the texts and numbers of all members whose name is blocked at every depth, including members of the
 * answer that the source does not give to the view.
 */
function addBlocked(value: unknown, policy: FieldPolicy, hidden: Set<unknown>): void {
  if (!isObject(value)) return;
  for (const [name, each] of Object.entries(value)) {
    if (!Array.isArray(value) && policy.isBlockedAnywhere(name)) addLeaves(each, hidden);
    else addBlocked(each, policy, hidden);
  }
}
