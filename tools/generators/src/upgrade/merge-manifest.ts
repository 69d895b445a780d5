import { isDeepStrictEqual } from 'node:util';
import { compareVersions } from './template.ts';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
const conflict = Symbol('conflict');
type Outcome = Json | undefined | typeof conflict;

const print = (json: Json): string => `${JSON.stringify(json, undefined, 2)}\n`;

/**
 * Merges package.json and tsconfig.json by member, where a line merge would report conflicts of neighbouring
 * lines. Of two versions of a dependency the higher one stays. Returns undefined when a member was changed to
 * two different values, or when the format of a text is unusual.
 */
export function mergeManifest(old: string, yours: string, next: string): string | undefined {
  try {
    const [base, own, other] = [old, yours, next].map((text) => JSON.parse(text) as Json) as [
      Json,
      Json,
      Json,
    ];
    if (print(own) !== yours) return undefined;
    const merged = mergeJson(base, own, other);
    return merged === conflict || merged === undefined ? undefined : print(merged);
  } catch {
    return undefined;
  }
}

function mergeJson(old: Outcome, yours: Outcome, next: Outcome): Outcome {
  if (isDeepStrictEqual(old, next) || isDeepStrictEqual(yours, next)) return yours;
  if (isDeepStrictEqual(old, yours)) return next;
  // Keeps the state of the copy if one side deleted a member that the other changed.
  if (yours === undefined || next === undefined) return yours;
  if (Array.isArray(yours) && Array.isArray(next))
    return mergeItems(Array.isArray(old) ? old : [], yours, next);
  if (isObject(yours) && isObject(next)) return mergeMembers(isObject(old) ? old : {}, yours, next);
  if (isVersion(yours) && isVersion(next)) return compareVersions(yours, next) > 0 ? yours : next;
  return conflict;
}

const isVersion = (value: Outcome): value is string =>
  typeof value === 'string' && /^\d+\.\d+\.\d+$/.test(value);
const isObject = (value: Outcome): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mergeItems(old: Json[], yours: Json[], next: Json[]): Json[] {
  const has = (items: Json[], item: Json): boolean => items.some((each) => isDeepStrictEqual(each, item));
  const kept = yours.filter((item) => has(next, item) || !has(old, item));
  return [...kept, ...next.filter((item) => !has(old, item) && !has(yours, item))];
}

type Members = { [name: string]: Json };

/** Keeps the order of the copy; a new member follows its predecessor in the template. */
function mergeMembers(old: Members, yours: Members, next: Members): Outcome {
  const names = Object.keys(yours);
  Object.keys(next).forEach((name, index, all) => {
    if (!names.includes(name)) names.splice(names.indexOf(all[index - 1] ?? '') + 1, 0, name);
  });
  const merged: Members = {};
  for (const name of names) {
    const value = mergeJson(old[name], yours[name], next[name]);
    if (value === conflict) return conflict;
    if (value !== undefined) merged[name] = value;
  }
  return merged;
}
