import { type ServerMetadata } from 'openid-client';
import { TokenRefused } from '../jwt/token-refused.ts';
import { verifiedClaims, type DatedClaims } from '../jwt/verified-claims.ts';
import { type Provider } from '../provider/provider.ts';
import { type Now } from '../time.ts';

export interface ProviderTokenRules {
  readonly provider: Provider;
  readonly issuer: string;
  readonly clientId: string;
  readonly clockToleranceSeconds: number;
  readonly now: Now;
}

/** Asymmetric only: the client secret never verifies anything, and `none` is no algorithm. */
const algorithms = ['RS256', 'PS256', 'ES256'];

/** Verifies what the provider signed for this client: an ID token or a logout token. @throws {TokenRefused} */
export async function providerClaims(
  token: string,
  rules: ProviderTokenRules,
  requiredClaims: readonly string[],
): Promise<DatedClaims> {
  const metadata = await rules.provider.metadata();
  const claims = await verifiedClaims(token, {
    ...rules,
    keys: { find: rules.provider.findKey },
    algorithms: offered(metadata),
    audience: rules.clientId,
    requiredClaims,
  });
  // OpenID Connect Core, section 3.1.3.7: no other audience is trusted by us.
  if (Array.isArray(claims.aud) && claims.aud.length !== 1) throw new TokenRefused('audience');
  if (claims['azp'] !== undefined && claims['azp'] !== rules.clientId) throw new TokenRefused('audience');
  return claims;
}

/** What the provider says it signs with, as far as we accept it. */
function offered({ id_token_signing_alg_values_supported: supported }: ServerMetadata): readonly string[] {
  return supported ? algorithms.filter((alg) => supported.includes(alg)) : algorithms;
}
