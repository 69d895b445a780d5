import { z } from 'zod';
import { authorityClaims, subjectIn, type ClaimNames } from '../provider/claim-names.ts';
import { readHeader } from '../jwt/compact-jws.ts';
import { absentIfEmpty, numericDate } from '../jwt/optional-claims.ts';
import { claimOf, TokenRefused } from '../jwt/token-refused.ts';
import { epochSeconds } from '../time.ts';
import { providerClaims, type ProviderTokenRules } from './provider-token.ts';

/** Claims of the ID token that are kept after a login. */
export interface Login {
  readonly issuer: string;
  readonly subject: string;
  /** The claim `sub`, which logout tokens contain; undefined if it equals `subject`. */
  readonly providerSubject?: string;
  readonly tenants: readonly string[];
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly name?: string;
  /** Session id of the provider, which a back-channel logout may name. */
  readonly sid?: string;
  /** When the user authenticated, in seconds since 1970. */
  readonly authTime: number;
  /** `iat` of the ID token in seconds since 1970, by the provider's clock. */
  readonly issuedAt: number;
}

export interface IdTokenRules extends ProviderTokenRules {
  /** Expected nonce; undefined for a refresh, whose ID token has none (OpenID Connect Core, section 12.2). */
  readonly nonce: string | undefined;
  /** Maximum seconds since the user authenticated. */
  readonly maxAge?: number;
  readonly claimNames?: ClaimNames;
}

/**
 * Maximum age of an ID token in seconds. The token comes directly from the token endpoint, so an old token
 * was probably stolen.
 */
const maxAgeSeconds = 300;

/** Maximum characters of a display name. */
const maxNameLength = 255;

const schema = z.looseObject({
  sub: z.string().min(1).max(255),
  nonce: z.string().optional(),
  sid: absentIfEmpty(z.string().max(255)),
  name: absentIfEmpty(z.string().transform((name) => name.slice(0, maxNameLength))),
  auth_time: absentIfEmpty(numericDate),
});

/** Performs the checks of OpenID Connect Core, section 3.1.3.7. @throws {TokenRefused} */
export async function verifyIdToken(token: string, rules: IdTokenRules): Promise<Login> {
  checkType(token, rules.maxTokenBytes);
  const required = rules.nonce === undefined ? ['sub'] : ['sub', 'nonce'];
  const claims = await providerClaims(token, rules, required, rules.provider.findKeyOfLogin);
  const { success, data, error } = schema.safeParse(claims);
  if (!success) throw new TokenRefused('claims', claimOf(error));
  if (rules.nonce !== undefined && data.nonce !== rules.nonce) throw new TokenRefused('nonce');
  const now = epochSeconds(rules.now) - rules.clockToleranceSeconds;
  if (claims.iat < now - maxAgeSeconds) throw new TokenRefused('lifetime');
  if (rules.maxAge !== undefined && !(data.auth_time !== undefined && data.auth_time >= now - rules.maxAge))
    throw new TokenRefused('lifetime');
  return {
    issuer: rules.issuer,
    ...subjects(data, rules.claimNames),
    ...authorityClaims(data, rules.claimNames),
    name: data.name,
    sid: data.sid,
    authTime: data.auth_time ?? claims.iat,
    issuedAt: claims.iat,
  };
}

function subjects(
  claims: z.output<typeof schema>,
  names?: ClaimNames,
): Pick<Login, 'subject' | 'providerSubject'> {
  const subject = subjectIn(claims, names);
  return subject === claims.sub ? { subject } : { subject, providerSubject: claims.sub };
}

/** Rejects a `typ` of another kind of token (RFC 8725, section 3.11). ID tokens may omit it. */
function checkType(token: string, maxTokenBytes?: number): void {
  const { typ } = readHeader(token, maxTokenBytes);
  if (typ !== undefined && (typeof typ !== 'string' || typ.toUpperCase() !== 'JWT'))
    throw new TokenRefused('type');
}
