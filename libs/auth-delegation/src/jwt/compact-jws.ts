import { TokenRefused } from './token-refused.ts';

/** Default for the longest token in bytes: what a header field of Node may have, and room for 150 groups (F23). */
export const defaultMaxTokenBytes = 16_384;

export interface JoseHeader {
  readonly alg?: unknown;
  readonly kid?: unknown;
  readonly typ?: unknown;
  readonly jwk?: unknown;
  readonly [name: string]: unknown;
}

/**
 * The protected header of a JWS in compact serialization, read but not yet believed.
 *
 * @throws {TokenRefused} `too-large`, or `malformed` unless there are three parts of canonical base64url. Decoders ignore unused bits,
 * so that several texts decode to one signature: all but the canonical one are refused.
 */
export function readHeader(token: string, maxBytes = defaultMaxTokenBytes): JoseHeader {
  if (token.length > maxBytes) throw new TokenRefused('too-large');
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every(isCanonical)) throw new TokenRefused('malformed');
  try {
    const header: unknown = JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString());
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header as JoseHeader;
  } catch {
    // Not JSON: refused below with everything else that is no header.
  }
  throw new TokenRefused('malformed');
}

/** The empty signature of an unsecured JWT is canonical; that one is refused for its algorithm. */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}
