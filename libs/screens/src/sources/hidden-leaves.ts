import type { FieldPolicy } from '@bff/tenancy';

interface Filtered {
  /** What a source gives to the view. */
  readonly part: unknown;
  /** The same after the policy. */
  readonly seen: unknown;
  /** What the upstream sent. */
  readonly value: unknown;
  readonly policy: FieldPolicy;
}

/** Whether one of the texts or numbers in `needed` is a value that the policy hides. */
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

/** A policy shares with a view what it leaves untouched. */
function addHidden(before: unknown, after: unknown, hidden: Set<unknown>): void {
  if (before === after) return;
  if (!isObject(before)) return addLeaves(before, hidden);
  for (const [name, each] of Object.entries(before))
    addHidden(each, isObject(after) ? after[name] : undefined, hidden);
}

/** Also of what the source gives no part to the view. */
function addBlocked(value: unknown, policy: FieldPolicy, hidden: Set<unknown>): void {
  if (!isObject(value)) return;
  for (const [name, each] of Object.entries(value)) {
    if (!Array.isArray(value) && policy.isBlockedAnywhere(name)) addLeaves(each, hidden);
    else addBlocked(each, policy, hidden);
  }
}
