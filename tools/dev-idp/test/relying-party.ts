import { createHash, createPublicKey, randomBytes, verify, type JsonWebKey } from 'node:crypto';
import type { DevIdp } from '../src/index.ts';

/**
 * A minimal client of the provider. It implements the protocol without a library, so that the provider is
 * tested against the specifications.
 */
export interface RelyingParty {
  readonly id: string;
  readonly secret?: string;
  readonly redirectUri?: string;
}

export const site: RelyingParty = {
  id: 'site',
  secret: 'site-dev-secret',
  redirectUri: 'http://localhost:3001/auth/callback',
};
export const phone: RelyingParty = {
  id: 'phone',
  secret: 'phone-dev-secret',
  redirectUri: 'http://localhost:3002/oauth/callback',
};
export const acmeErp: RelyingParty = { id: 'acme-erp', secret: 'demo-secret' };
export const globexCrm: RelyingParty = { id: 'globex-crm', secret: 'demo-secret' };
export const acmeErpMtls: RelyingParty = { id: 'acme-erp-mtls', secret: 'demo-secret' };

const random = (): string => randomBytes(16).toString('base64url');
export const sha256 = (data: string | Buffer): string =>
  createHash('sha256').update(data).digest('base64url');

export interface AuthorizationRequest {
  readonly url: string;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/**
 * Returns an authorization request with code and PKCE. `changes` overrides parameters; an empty value removes
 * one.
 */
export function authorizationRequest(
  idp: DevIdp,
  party: RelyingParty,
  changes: Readonly<Record<string, string>> = {},
): AuthorizationRequest {
  const [verifier, state, nonce] = [`${random()}${random()}`, random(), random()];
  const url = new URL(`${idp.issuer}/auth`);
  const parameters = {
    client_id: party.id,
    response_type: 'code',
    redirect_uri: party.redirectUri ?? '',
    scope: 'openid profile',
    state,
    nonce,
    code_challenge: sha256(verifier),
    code_challenge_method: 'S256',
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value);
  return { url: url.href, verifier, state, nonce };
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly access_token: string;
    readonly id_token: string;
    readonly error?: string;
  };
}

/** Calls the token endpoint as the given client. */
export async function requestToken(
  idp: DevIdp,
  party: RelyingParty,
  parameters: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const credentials = party.secret
    ? { Authorization: `Basic ${Buffer.from(`${party.id}:${party.secret}`).toString('base64')}` }
    : {};
  const response = await fetch(`${idp.issuer}/token`, {
    method: 'POST',
    headers: { ...credentials, ...headers },
    body: new URLSearchParams(party.secret ? parameters : { client_id: party.id, ...parameters }),
  });
  return { status: response.status, body: (await response.json()) as TokenAnswer['body'] };
}

/** Redeems the code of a callback. */
export function redeem(
  idp: DevIdp,
  party: RelyingParty,
  callback: string,
  { verifier }: AuthorizationRequest,
  further: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  return requestToken(idp, party, {
    grant_type: 'authorization_code',
    code: new URL(callback).searchParams.get('code') ?? '',
    redirect_uri: party.redirectUri ?? '',
    code_verifier: verifier,
    ...further,
  });
}

export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>> & { readonly iat: number; readonly exp: number };
}

/**
 * Returns header and claims of a JWT after verifying its RS256 signature by the published key of its `kid`.
 */
export async function verified(idp: DevIdp, jwt: string): Promise<Jwt> {
  const [header = '', claims = '', signature = ''] = jwt.split('.');
  const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as never;
  const { kid } = decode(header) as { kid: string };
  const { keys } = (await (await fetch(`${idp.issuer}/jwks`)).json()) as { keys: JsonWebKey[] };
  const jwk = keys.find((key) => key['kid'] === kid);
  if (!jwk) throw new Error('no published key of that kid');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  if (!verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url')))
    throw new Error('bad signature');
  return { header: decode(header), claims: decode(claims) };
}
