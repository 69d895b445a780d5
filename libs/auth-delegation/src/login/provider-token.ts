import { offeredAlgorithms } from '../jwt/algorithms.ts';
import type { FindKey } from '../jwt/remote-keys.ts';
import { TokenRefused } from '../jwt/token-refused.ts';
import { verifiedClaims, type DatedClaims } from '../jwt/verified-claims.ts';
import type { Provider } from '../provider/provider.ts';
import type { Now } from '../time.ts';

export interface ProviderTokenRules {
  readonly provider: Provider;
  readonly issuer: string;
  readonly clientId: string;
  readonly clockToleranceSeconds: number;
  /** Maximum size of a token in bytes. default 16384 */
  readonly maxTokenBytes?: number | undefined;
  /** Other clients that `aud` may contain. default: `aud` may contain only this client */
  readonly trustedAudiences?: readonly string[] | undefined;
  readonly now: Now;
}

/** Verifies an ID token or logout token for this client, and returns its claims. @throws {TokenRefused} */
export async function providerClaims(
  token: string,
  rules: ProviderTokenRules,
  requiredClaims: readonly string[],
  find: FindKey = rules.provider.findKey,
): Promise<DatedClaims> {
  const metadata = await rules.provider.metadata();
  const claims = await verifiedClaims(token, {
    ...rules,
    keys: { find },
    algorithms: offeredAlgorithms(metadata.id_token_signing_alg_values_supported),
    audience: rules.clientId,
    requiredClaims,
  });
  checkAudience(claims, rules);
  return claims;
}

/** Rejects further audiences that are not listed as trusted (OpenID Connect Core, section 3.1.3.7). */
function checkAudience(
  { aud, azp }: DatedClaims,
  { clientId, trustedAudiences = [] }: ProviderTokenRules,
): void {
  const others = [aud].flat().filter((each) => each !== clientId);
  if (others.some((each) => each === undefined || !trustedAudiences.includes(each)))
    throw new TokenRefused('audience', 'aud');
  if (azp !== undefined && azp !== null && azp !== '' && azp !== clientId)
    throw new TokenRefused('audience', 'azp');
}
