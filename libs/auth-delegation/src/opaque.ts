import { hash, randomBytes } from 'node:crypto';

const opaqueSyntax = /^[A-Za-z0-9_-]{43}$/;

/** Creates 256 random bits as 43 characters of base64url: a session handle, a code or an opaque token. */
export function mintOpaque(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Returns false for a text that {@link mintOpaque} cannot have created, so that it costs no call to the
 * store.
 */
export function isOpaque(text: unknown): text is string {
  return typeof text === 'string' && opaqueSyntax.test(text);
}

/**
 * Returns SHA-256 in base64url: the stored form of secrets, and the form of thumbprints and `ath` in the
 * RFCs.
 */
export function digest(data: string | Buffer): string {
  return hash('sha256', data, 'base64url');
}

/**
 * Returns one digest of several parts. They are hashed as a JSON array, so that `['a', 'bc']` and
 * `['ab', 'c']` have different digests.
 */
export function digestOf(...parts: readonly string[]): string {
  return digest(JSON.stringify(parts));
}
