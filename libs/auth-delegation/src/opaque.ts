import { hash, randomBytes } from 'node:crypto';

const opaqueSyntax = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits as 43 characters of base64url: a session handle, a code, a bearer token. */
export function mintOpaque(): string {
  return randomBytes(32).toString('base64url');
}

/** False for everything that {@link mintOpaque} cannot have made, so that garbage costs no call to the store. */
export function isOpaque(text: unknown): text is string {
  return typeof text === 'string' && opaqueSyntax.test(text);
}

/** SHA-256 as base64url: all that is kept of a secret, and the form of thumbprints and `ath` in the RFCs. */
export function digest(data: string | Buffer): string {
  return hash('sha256', data, 'base64url');
}

/** One digest for several parts, none of which can end early and become another list. */
export function digestOf(...parts: readonly string[]): string {
  return digest(JSON.stringify(parts));
}
