import { canonicalJson } from '../protocol/canonical-json.ts';
import { isArray, type Json, type JsonObject } from '../protocol/json.ts';

/**
 * Returns the canonical JSON of a view, as {@link canonicalJson} does, in about a third of its time: sorts the
 * members and serializes natively. Falls back to the library for the few views for which that would differ.
 * @throws {Error} for values outside I-JSON: lone surrogates, numbers that are not finite
 */
export function canonicalView(view: JsonObject): string {
  try {
    const text = JSON.stringify(sorted(view));
    if (!escapedSurrogate.test(text)) return text;
  } catch (error) {
    // RangeError: the view is nested too deeply for recursion.
    if (error !== notNative && !(error instanceof RangeError)) throw error;
  }
  return canonicalJson(view);
}

/** How `JSON.stringify` writes a lone surrogate. Also matches some text with backslashes, which costs time only. */
const escapedSurrogate = /\\ud[89a-f]/;
const notNative = new Error('not serialized natively');
/**
 * Names that prevent sorting or native serialization: an object lists array indices first, assigning
 * `__proto__` sets its prototype, and `JSON.stringify` calls `toJSON`.
 */
const unsortable = /^(?:\d|__proto__$|toJSON$)/;

/**
 * Returns the value with sorted members; the value itself when they are sorted already.
 * @throws {Error} `notNative`
 */
function sorted(value: Json | undefined): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'object') return isArray(value) ? sortedItems(value) : sortedMembers(value);
  throw notNative;
}

function sortedItems(items: readonly Json[]): readonly Json[] {
  let copy: Json[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = sorted(items[index]);
    if (copy) copy.push(item);
    else if (item !== items[index]) {
      copy = items.slice(0, index);
      copy.push(item);
    }
  }
  return copy ?? items;
}

function sortedMembers(object: JsonObject): JsonObject {
  const names = Object.keys(object);
  if (names.length === 0) return object;
  const sequence = sequenceOf(names);
  let same = sequence === names;
  const copy: Record<string, Json> = {};
  for (const name of sequence) {
    const value = object[name];
    if ((copy[name] = sorted(value)) !== value) same = false;
  }
  return same ? object : copy;
}

interface Sequence {
  readonly names: readonly string[];
  /** The sorted names; the array `names` itself if it is already sorted. */
  readonly sorted: readonly string[];
}

/** Cached sequences by their first name, because the items of a list usually have the same members. */
const sequences = new Map<string, Sequence>();
const maxSequences = 1_000;
/** Objects with more members are not cached: they are dictionaries, whose names differ between objects. */
const maxNames = 64;

/**
 * Returns the names sorted by UTF-16 code units (RFC 8785, section 3.2.3); the same array when they are
 * sorted already.
 */
function sequenceOf(names: readonly string[]): readonly string[] {
  const first = names[0] as string;
  const known = sequences.get(first);
  if (known && isSame(known.names, names)) return known.names === known.sorted ? names : known.sorted;
  if (names.some((name) => unsortable.test(name))) throw notNative;
  const inOrder = names.toSorted();
  const sorted = isSame(names, inOrder) ? names : inOrder;
  if (names.length > maxNames) return sorted;
  if (sequences.size >= maxSequences) sequences.clear();
  sequences.set(first, { names, sorted });
  return sorted;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
