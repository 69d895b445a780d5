/**
 * Accepted signature algorithms (RFC 7518, RFC 8037, RFC 9864). Asymmetric only, so neither a client secret
 * nor `none` verifies a token. docs/identity-providers.md has the same list.
 */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/**
 * Returns the accepted algorithms that a provider supports. `EdDSA` and `Ed25519` name the same algorithm.
 */
export function offeredAlgorithms(supported: readonly string[] | undefined): readonly string[] {
  if (supported === undefined) return signatureAlgorithms;
  const names = new Set(supported);
  if (names.has('EdDSA')) names.add('Ed25519');
  return signatureAlgorithms.filter((alg) => names.has(alg));
}
