import { createHash } from 'node:crypto';

/** Returns a hash of texts. Different lists never give the same input of the hash function. */
export const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/**
 * Returns the JSON text of a value with sorted members, because their order does not matter (RFC 8259,
 * section 4).
 */
export const unorderedJson = (value: unknown): string => JSON.stringify(value, sorted);

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // Integer-like names come first in every object, so their order is the same in both.
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members);
}
