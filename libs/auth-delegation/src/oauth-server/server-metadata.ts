import { signatureAlgorithms } from '../jwt/algorithms.ts';
import { deviceCodeGrant, refreshTokenGrantType } from './clients.ts';

/** Paths that the app serves and the metadata lists. */
export const oauthPaths = {
  metadata: '/.well-known/oauth-authorization-server',
  openIdMetadata: '/.well-known/openid-configuration',
  keys: '/oauth/jwks',
  authorize: '/oauth/authorize',
  pushedAuthorization: '/oauth/par',
  callback: '/oauth/callback',
  token: '/oauth/token',
  deviceAuthorization: '/oauth/device_authorization',
  revoke: '/oauth/revoke',
  device: '/oauth/device',
} as const;

/** The scope that is granted with every refresh token (OpenID Connect Core, section 11). */
export const offlineAccess = 'offline_access';

/**
 * Returns the metadata of RFC 8414, section 2, for standard clients.
 * @param issuer origin without a slash at its end
 * @param refreshes whether there are refresh tokens
 */
export function authorizationServerMetadata(issuer: string, refreshes: boolean) {
  return {
    issuer,
    authorization_endpoint: issuer + oauthPaths.authorize,
    pushed_authorization_request_endpoint: issuer + oauthPaths.pushedAuthorization,
    token_endpoint: issuer + oauthPaths.token,
    device_authorization_endpoint: issuer + oauthPaths.deviceAuthorization,
    revocation_endpoint: issuer + oauthPaths.revoke,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: [
      'authorization_code',
      deviceCodeGrant,
      ...(refreshes ? [refreshTokenGrantType] : []),
    ],
    ...(refreshes && { scopes_supported: [offlineAccess] }),
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    authorization_response_iss_parameter_supported: true,
    dpop_signing_alg_values_supported: signatureAlgorithms,
  } as const;
}

/**
 * Returns OpenID Connect metadata, which standard clients look for first, with the members that AppAuth
 * requires. No ID token is issued, so the lists of signing algorithms and the key set are empty
 * (docs/adr/0031).
 */
export function openIdMetadata(issuer: string, refreshes: boolean) {
  return {
    ...authorizationServerMetadata(issuer, refreshes),
    jwks_uri: issuer + oauthPaths.keys,
    // A user has the same subject for all clients.
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [],
  } as const;
}
