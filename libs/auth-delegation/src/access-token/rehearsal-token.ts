import { generateKeyPair, SignJWT, type JWTVerifyGetKey } from 'jose';
import type { ClaimNames } from '../provider/claim-names.ts';

export interface RehearsalToken {
  readonly token: string;
  /** Returns the public key of this token. */
  readonly findKey: JWTVerifyGetKey;
}

/**
 * Creates an access token (RFC 9068) for warming up a process. The private key is generated here and
 * discarded at once, so no other token can be signed with it.
 */
export async function createRehearsalToken({
  issuer,
  audience,
  subject,
  tenant,
  scopes,
  claimNames: { subject: subjectClaim = 'sub', tenants: tenantClaim = 'tid' } = {},
}: {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  readonly tenant: string;
  readonly scopes: readonly string[];
  readonly claimNames?: ClaimNames;
}): Promise<RehearsalToken> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const claims = {
    client_id: subject,
    scope: scopes.join(' '),
    [tenantClaim]: tenant,
    [subjectClaim]: subject,
  };
  const token = await new SignJWT({ sub: subject, jti: subject, ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: subject })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey);
  return { token, findKey: async () => publicKey };
}
