import { jsonEqual } from '../protocol/json-equal.ts';
import { isArray, isObject, memberOf, type Json, type JsonObject } from '../protocol/json.ts';
import { pointerStep } from './json-pointer.ts';
import { PatchDraft } from './patch-draft.ts';
import { rearrange } from './rearrange.ts';

/**
 * Names of the members that identify the items of arrays, for arrays whose items are not identified by `id`.
 * The key is the pointer of an array with `*` for every index, such as `{ '/things/*\/lines': 'sku' }`.
 */
export type IdentityKeys = Readonly<Record<string, string>>;

/**
 * Called for an array that is replaced completely because its items have no identity. @param pattern its
 * pointer, with `*` for every index
 */
export type OnReplacedArray = (pattern: string) => void;

/** Identity of an item: the value of its key, or a scalar itself. */
type Identity = string | number | boolean | null;

/** The current position of the comparison. */
interface Place {
  readonly path: string;
  /** The path with `*` for every index. */
  readonly pattern: string;
}

/**
 * Computes the patch from one value to another. Array items are matched by identity; a change inside an item
 * costs the same in a list of ten and of ten thousand. An array with an item without identity, or with
 * duplicates, is replaced. A part of the view is also replaced if the replacement is shorter than a patch of
 * that part. Takes O(n log n).
 */
export function diff(
  base: Json,
  target: Json,
  identityKeys: IdentityKeys = {},
  onReplacedArray?: OnReplacedArray,
): PatchDraft {
  const draft = new PatchDraft();
  compare(base, target, { path: '', pattern: '' });
  return draft;

  function compare(before: Json, after: Json, place: Place): void {
    if (before === after) return;
    const { path } = place;
    const mark = draft.mark();
    if (isObject(before) && isObject(after)) compareObjects(before, after, place);
    else if (isArray(before) && isArray(after)) compareArrays(before, after, place);
    else draft.push({ op: 'replace', path, value: after });
    if (path !== '') draft.shorten(mark, path, after);
  }

  function compareObjects(before: JsonObject, after: JsonObject, { path, pattern }: Place): void {
    for (const name of Object.keys(before))
      if (before[name] !== undefined && memberOf(after, name) === undefined)
        draft.push({ op: 'remove', path: path + pointerStep(name) });
    for (const name of Object.keys(after)) {
      const value = after[name];
      const known = memberOf(before, name);
      if (value === undefined || value === known) continue;
      const step = pointerStep(name);
      if (known === undefined) draft.push({ op: 'add', path: path + step, value });
      else compare(known, value, { path: path + step, pattern: pattern + step });
    }
  }

  function compareArrays(before: readonly Json[], after: readonly Json[], { path, pattern }: Place): void {
    const key = memberOf(identityKeys, pattern) ?? 'id';
    const known = identitiesOf(before, key as string);
    const wanted = identitiesOf(after, key as string);
    if (!known || !wanted) {
      if (jsonEqual(before, after)) return;
      draft.push({ op: 'replace', path, value: after });
      onReplacedArray?.(pattern);
      return;
    }
    const targetIndexes = [...known.keys()].map((identity) => wanted.get(identity) ?? -1);
    if (targetIndexes.length !== after.length || targetIndexes.some((goal, index) => goal !== index))
      for (const step of rearrange(targetIndexes, after.length))
        if (step.kind === 'remove') draft.push({ op: 'remove', path: `${path}/${step.at}` });
        else if (step.kind === 'move')
          draft.push({ op: 'move', from: `${path}/${step.from}`, path: `${path}/${step.to}` });
        else draft.push({ op: 'add', path: `${path}/${step.at}`, value: after[step.index] as Json });
    targetIndexes.forEach((goal, index) => {
      const place = { path: `${path}/${goal}`, pattern: `${pattern}/*` };
      if (goal >= 0) compare(before[index] as Json, after[goal] as Json, place);
    });
  }
}

/** Returns the identities of the items in order; undefined when one is missing or duplicate. */
function identitiesOf(items: readonly Json[], key: string): Map<Identity, number> | undefined {
  const found = new Map<Identity, number>();
  for (const [index, item] of items.entries()) {
    const identity = identityOf(item, key);
    if (identity === undefined || found.has(identity)) return undefined;
    found.set(identity, index);
  }
  return found;
}

function identityOf(item: Json, key: string): Identity | undefined {
  if (isArray(item)) return undefined;
  if (!isObject(item)) return item;
  const identity = memberOf(item, key);
  return typeof identity === 'string' || typeof identity === 'number' ? identity : undefined;
}
