import { createHash } from 'node:crypto';

/**
 * Returns a hash of a list of texts. The list is hashed as a JSON array, so that `['a', 'bc']` and
 * `['ab', 'c']` have different hashes.
 */
export const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/**
 * Returns the JSON text of a value with sorted members, because their order does not matter (RFC 8259,
 * section 4).
 */
export const unorderedJson = (value: unknown): string => JSON.stringify(value, sorted);

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // JavaScript enumerates integer-like names first, in ascending order, in every object. Equal objects
  // therefore still have equal texts.
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members);
}
