/**
 * Signature algorithms that are accepted of others (RFC 7518, RFC 8037, RFC 9864). Asymmetric only: a client secret verifies
 * nothing, and `none` is no algorithm. docs/identity-providers.md lists the same.
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

/** Those of them that a provider says it uses. `EdDSA` and `Ed25519` name the same. */
export function offeredAlgorithms(supported: readonly string[] | undefined): readonly string[] {
  if (supported === undefined) return signatureAlgorithms;
  const names = new Set(supported);
  if (names.has('EdDSA')) names.add('Ed25519');
  return signatureAlgorithms.filter((alg) => names.has(alg));
}
