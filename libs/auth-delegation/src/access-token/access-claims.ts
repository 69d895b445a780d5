import { z } from 'zod';
import { authorityClaims, scopesIn, subjectIn, type ClaimNames } from '../provider/claim-names.ts';
import type { Identity } from '../identity.ts';
import { absentIfEmpty, numericDate } from '../jwt/optional-claims.ts';
import { claimOf, TokenRefused } from '../jwt/token-refused.ts';

const text = z.string().min(1);

/** RFC 9068, section 2.2, and the confirmation of RFC 7800 as far as it is supported. */
const schema = z.looseObject({
  sub: text,
  client_id: text,
  jti: text,
  iat: numericDate,
  exp: numericDate,
  auth_time: absentIfEmpty(numericDate),
  cnf: absentIfEmpty(z.looseObject({ jkt: text.optional(), 'x5t#S256': text.optional() })),
});

/** What the holder of the token must prove besides having it. */
export interface Binding {
  /** RFC 9449: thumbprint of the DPoP key. */
  readonly jkt?: string;
  /** RFC 8705: thumbprint of the client certificate. */
  readonly certificate?: string;
}

export interface AccessToken {
  readonly identity: Identity;
  readonly binding: Binding;
  /** Epoch seconds. */
  readonly issuedAt: number;
  /** The provider's `sub`, where another claim may be the subject. */
  readonly providerSubject: string;
}

/**
 * @param toleranceSeconds as long as the token is accepted after its end, its authority lasts too
 * @throws {TokenRefused} `claims`, or `binding` when the token is bound in a way that cannot be checked here
 */
export function readAccessClaims(claims: unknown, toleranceSeconds: number, names?: ClaimNames): AccessToken {
  const { success, data, error } = schema.safeParse(claims);
  if (!success) throw new TokenRefused('claims', claimOf(error));
  const { cnf, iat, exp } = data;
  const binding = { jkt: cnf?.jkt, certificate: cnf?.['x5t#S256'] };
  if (cnf && !binding.jkt && !binding.certificate) throw new TokenRefused('binding');
  return {
    identity: {
      subject: subjectIn(data, names),
      ...authorityClaims(data, names),
      scopes: scopesIn(data),
      clientId: data.client_id,
      authTime: data.auth_time ?? iat,
      // Providers round `iat` down.
      establishedAt: iat + 1,
      expiresAt: exp + toleranceSeconds,
    },
    binding,
    issuedAt: iat,
    providerSubject: data.sub,
  };
}
