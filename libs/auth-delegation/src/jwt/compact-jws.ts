import { TokenRefused } from './token-refused.ts';

/** More than any honest token, less than what makes decoding a burden. */
const longestToken = 8192;

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
 * @throws {TokenRefused} `malformed` unless there are three parts of canonical base64url. Decoders ignore unused bits,
 * so that several texts decode to one signature: all but the canonical one are refused.
 */
export function readHeader(token: string): JoseHeader {
  if (token.length > longestToken) throw new TokenRefused('malformed');
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
