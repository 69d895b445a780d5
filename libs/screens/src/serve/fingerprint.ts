import { createHash } from 'node:crypto';

/** Hash of texts; no two lists of texts are spelled alike. */
export const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** The text of a JSON value in which the order of members does not count (RFC 8259, section 4). */
export const unorderedJson = (value: unknown): string => JSON.stringify(value, sorted);

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // Not Object.fromEntries: integer-like names come first in any object, and so in both.
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members);
}
