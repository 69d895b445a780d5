import { generateKeyPair, SignJWT, type JWTVerifyGetKey } from 'jose';
import type { ClaimNames } from '../provider/claim-names.ts';

export interface RehearsalTokens {
  /** One token per subject, in their order. */
  readonly tokens: readonly string[];
  /** Returns the public key of these tokens. */
  readonly findKey: JWTVerifyGetKey;
}

/**
 * Creates access tokens (RFC 9068) for warming up a process. The private key is generated here and
 * discarded at once, so no other token can be signed with it.
 */
export async function createRehearsalTokens({
  issuer,
  audience,
  subjects,
  tenant,
  scopes,
  claimNames: { subject: subjectClaim = 'sub', tenants: tenantClaim = 'tid' } = {},
}: {
  readonly issuer: string;
  readonly audience: string;
  readonly subjects: readonly string[];
  readonly tenant: string;
  readonly scopes: readonly string[];
  readonly claimNames?: ClaimNames;
}): Promise<RehearsalTokens> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const tokenOf = (subject: string): Promise<string> => {
    const claims = {
      client_id: subject,
      scope: scopes.join(' '),
      [tenantClaim]: tenant,
      [subjectClaim]: subject,
    };
    return new SignJWT({ sub: subject, jti: subject, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: subject })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('10m')
      .sign(privateKey);
  };
  return { tokens: await Promise.all(subjects.map(tokenOf)), findKey: async () => publicKey };
}
