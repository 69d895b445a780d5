import { decodeJwt } from 'jose';
import type { ServerMetadata } from 'openid-client';
import { offeredAlgorithms } from '../jwt/algorithms.ts';
import { readHeader } from '../jwt/compact-jws.ts';
import type { RelyingPartyOptions } from '../login/relying-party.ts';
import { authorityChecks } from './authority-checks.ts';
import { authorityClaims, subjectIn } from './claim-names.ts';
import { clientChecks, isClient } from './client-checks.ts';
import { sentenceFor as sentence } from './diagnosis.ts';
import { createProvider, discover } from './provider.ts';
import { createProviderFetch, type ProviderFetch } from './provider-fetch.ts';
import type { ProviderCheck } from './provider-check.ts';

export type { ProviderCheck };

/**
 * Options of the check. An app with neither secret nor key is not a client of the provider, so the
 * checks that concern only clients are skipped.
 */
export interface CheckProviderOptions extends Omit<RelyingPartyOptions, 'replayStore'> {
  /** A token of the provider for this client, whose claims are reported. */
  readonly sampleToken?: string | undefined;
}

const maxSkewSeconds = 30;

/**
 * Checks that the provider offers everything that a login needs. Stores nothing. The report contains neither
 * tokens nor secrets.
 */
export async function checkProvider(options: CheckProviderOptions): Promise<readonly ProviderCheck[]> {
  const { issuer, timeoutMs = 5_000, now = Date.now, sampleToken } = options;
  const fetch = createProviderFetch(options);
  let metadata: ServerMetadata;
  try {
    metadata = await discover({ ...options, now }, timeoutMs, fetch);
  } catch (error) {
    return [{ name: 'discovery', result: 'failed', found: sentence(error, issuer) }];
  }
  return [
    { name: 'discovery', result: 'ok', found: metadata.issuer },
    ...endpointChecks(metadata, isClient(options)),
    algorithmCheck(metadata),
    ...authorityChecks(metadata, options.claimNames),
    await keyCheck(options, now),
    ...(await clientChecks(options, fetch)),
    await clockCheck(issuer, fetch, now),
    ...(sampleToken === undefined ? [] : claimChecks(sampleToken, options)),
  ];
}

function endpointChecks(metadata: ServerMetadata, hasClient: boolean): ProviderCheck[] {
  if (!hasClient) return [];
  const { grant_types_supported: grants } = metadata;
  const at = (name: string, url: string | undefined, without: string, isRequired = false): ProviderCheck => ({
    name,
    result: url === undefined ? (isRequired ? 'failed' : 'warning') : 'ok',
    found: url ?? without,
  });
  const refreshes = grants === undefined || grants.includes('refresh_token');
  return [
    at('authorization endpoint', metadata.authorization_endpoint, 'none', true),
    at('token endpoint', metadata.token_endpoint, 'none', true),
    at(
      'end session endpoint',
      metadata.end_session_endpoint,
      'none: a logout here does not end the session there',
    ),
    at(
      'revocation endpoint',
      metadata.revocation_endpoint,
      'none: a logout here does not revoke the refresh token',
    ),
    {
      name: 'refresh tokens',
      result: refreshes ? 'ok' : 'warning',
      found: refreshes ? 'supported' : 'not supported: sessions end after REVALIDATION_SECONDS',
    },
    metadata['backchannel_logout_supported'] === true
      ? { name: 'back-channel logout', result: 'ok', found: 'supported' }
      : {
          name: 'back-channel logout',
          result: 'warning',
          found: 'not supported: a logout there ends sessions here after REVALIDATION_SECONDS',
        },
  ];
}

function algorithmCheck({ id_token_signing_alg_values_supported: supported }: ServerMetadata): ProviderCheck {
  const usable = offeredAlgorithms(supported);
  return usable.length > 0
    ? { name: 'signature algorithms', result: 'ok', found: usable.join(' ') }
    : { name: 'signature algorithms', result: 'failed', found: `none of ${String(supported)} is accepted` };
}

async function keyCheck(options: CheckProviderOptions, now: () => number): Promise<ProviderCheck> {
  const provider = createProvider({ ...options, now });
  const count = await provider.countKeys().catch(() => 0);
  return count > 0
    ? { name: 'keys', result: 'ok', found: String(count) }
    : { name: 'keys', result: 'failed', found: 'no key set, or an empty one, at jwks_uri' };
}

async function clockCheck(
  issuer: string,
  fetchFromProvider: ProviderFetch | undefined,
  now: () => number,
): Promise<ProviderCheck> {
  const name = 'clock';
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await (fetchFromProvider ?? fetch)(url, {}).catch(() => undefined);
  await answer?.body?.cancel();
  const date = Date.parse(answer?.headers.get('Date') ?? '');
  if (Number.isNaN(date)) return { name, result: 'warning', found: 'the provider sends no Date' };
  const skew = Math.round((now() - date) / 1000);
  const found =
    skew === 0 ? 'the same' : `${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} the provider`;
  return { name, result: Math.abs(skew) > maxSkewSeconds ? 'failed' : 'ok', found };
}

function claimChecks(
  token: string,
  { claimNames, issuer, maxTokenBytes }: CheckProviderOptions,
): ProviderCheck[] {
  const name = 'claims of the token';
  try {
    readHeader(token, maxTokenBytes);
    const claims = decodeJwt(token);
    const { tenants, roles, permissions } = authorityClaims(claims, claimNames);
    const subject = subjectIn(claims, claimNames);
    const found = JSON.stringify({ subject, tenants, roles, permissions });
    if (claims.iss !== issuer)
      return [{ name, result: 'failed', found: `iss is ${claims.iss}, ISSUER is ${issuer}` }];
    return tenants.length > 0
      ? [{ name, result: 'ok', found }]
      : [
          {
            name,
            result: 'failed',
            found: `no tenant in the claim ${claimNames?.tenants ?? 'tid'} (TENANT_CLAIM): ${found}`,
          },
        ];
  } catch (error) {
    return [{ name, result: 'failed', found: sentence(error, issuer) }];
  }
}
