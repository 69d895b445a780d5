import { z } from 'zod';
import { authorityClaims, scopesIn, subjectIn, type ClaimNames } from '../provider/claim-names.ts';
import type { Identity } from '../identity.ts';
import { absentIfEmpty, numericDate } from '../jwt/optional-claims.ts';
import { claimOf, TokenRefused } from '../jwt/token-refused.ts';

const text = z.string().min(1);

/** Claims of RFC 9068, section 2.2, and the supported confirmation methods of RFC 7800. */
const schema = z.looseObject({
  sub: text,
  client_id: text,
  jti: text,
  iat: numericDate,
  exp: numericDate,
  auth_time: absentIfEmpty(numericDate),
  cnf: absentIfEmpty(z.looseObject({ jkt: text.optional(), 'x5t#S256': text.optional() })),
});

/** Sender constraint of a token: the key or certificate whose possession its holder has to prove. */
export interface Binding {
  /** Thumbprint of the DPoP key (RFC 9449). */
  readonly jkt?: string;
  /** Thumbprint of the client certificate (RFC 8705). */
  readonly certificate?: string;
}

export interface AccessToken {
  readonly identity: Identity;
  readonly binding: Binding;
  /** `iat` of the token, in seconds since 1970. */
  readonly issuedAt: number;
  /** The claim `sub`. It differs from the identity's subject if a setting names another claim for it. */
  readonly providerSubject: string;
  /**
   * `auth_time` of the token, in seconds since 1970. A refreshed token keeps the time of the original login.
   */
  readonly authenticatedAt?: number | undefined;
}

/**
 * Reads the claims of an access token.
 * @param toleranceSeconds added to `exp`, so that the identity of a token which is accepted within the clock
 * tolerance has not expired
 * @throws {TokenRefused} `claims`, or `binding` when the token is bound in a way that is not supported
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
      // Providers round `iat` down, and `establishedAt` must not be earlier than the issue of the token.
      establishedAt: iat + 1,
      expiresAt: exp + toleranceSeconds,
    },
    binding,
    issuedAt: iat,
    providerSubject: data.sub,
    authenticatedAt: data.auth_time,
  };
}
