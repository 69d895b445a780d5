import { TokenRefused } from './token-refused.ts';

/** Default maximum size of a token in bytes: Node's limit for header fields, enough for 150 groups (F23). */
export const defaultMaxTokenBytes = 16_384;

export interface JoseHeader {
  readonly alg?: unknown;
  readonly kid?: unknown;
  readonly typ?: unknown;
  readonly jwk?: unknown;
  readonly [name: string]: unknown;
}

/**
 * Decodes the protected header of a JWS in compact serialization, before it is verified.
 * @throws {TokenRefused} `too-large`, or `malformed` if the token is not three parts of canonical
 * base64url: decoders ignore unused bits, so several texts would decode to one signature
 */
export function readHeader(token: string, maxBytes = defaultMaxTokenBytes): JoseHeader {
  if (token.length > maxBytes) throw new TokenRefused('too-large');
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every(isCanonical)) throw new TokenRefused('malformed');
  try {
    const header: unknown = JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString());
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header as JoseHeader;
  } catch {
    // Invalid JSON is rejected below, like every other invalid header.
  }
  throw new TokenRefused('malformed');
}

/**
 * Returns whether a part is canonical base64url. So is the empty signature of an unsecured JWT, which is
 * rejected for its algorithm instead.
 */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}
