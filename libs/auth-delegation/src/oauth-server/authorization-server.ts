import type { StateStore } from '@bff/service-kit';
import type { RateLimit } from '@bff/tenancy';
import { handleIn } from '../revalidation/access-tokens.ts';
import type { Seal } from '../login/seal.ts';
import type { Revalidation } from '../revalidation/revalidation.ts';
import { sessionFacts, type Session, type SessionFacts } from '../session/session.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { Now } from '../time.ts';
import { createAuthorizationCodes, type Granted } from './authorization-codes.ts';
import {
  codeLocation,
  errorLocation,
  pushAuthorize,
  validateAuthorize,
  type AuthorizeOutcome,
  type AuthorizeRequest,
} from './authorize-request.ts';
import {
  createClientRegister,
  deviceCodeGrant,
  mustAllow,
  refreshTokenGrantType,
  type OAuthClient,
} from './clients.ts';
import { createDeviceApproval, type DeviceApproval } from './device-approval.ts';
import { createDeviceCodes } from './device-codes.ts';
import { OAuthError, type OAuthErrorCode } from './oauth-error.ts';
import { optional, required } from './parameters.ts';
import { createPushedRequests, type PushedAnswer } from './pushed-requests.ts';
import { maxTokenLength, redeemRefreshToken } from './refresh-tokens.ts';
import { authorizationServerMetadata, oauthPaths, offlineAccess, openIdMetadata } from './server-metadata.ts';

export interface AuthorizationServerOptions {
  /** Public origin of this BFF, without a slash at its end. */
  readonly issuer: string;
  readonly store: StateStore;
  /** Sessions of the opaque tokens; a store of the kind `token`. */
  readonly sessions: SessionStore;
  readonly clients: readonly OAuthClient[];
  /** Seals pushed authorization requests. */
  readonly seal: Seal;
  /**
   * Confirms sessions at the provider. Undefined: sessions need no confirmation, and there are no refresh
   * tokens.
   */
  readonly revalidation?: Revalidation | undefined;
  /** Lifetime of an authorization code in seconds. default 60 */
  readonly codeTtlSeconds?: number;
  /** Lifetime of a device code in seconds. default 600 */
  readonly deviceTtlSeconds?: number;
  /** Minimum polling interval in seconds. default 5 */
  readonly intervalSeconds?: number;
  /** Limits of device authorizations per address and per client. default: no limits */
  readonly deviceLimits?: { readonly perAddress: RateLimit; readonly perClient: RateLimit } | undefined;
  readonly now?: Now;
}

/** Token response (RFC 6749, section 5.1). */
export interface TokenAnswer {
  readonly access_token: string;
  /** `DPoP` if the key has to be proved with each use (RFC 9449). */
  readonly token_type: 'Bearer' | 'DPoP';
  /** Seconds until the token expires or has to be refreshed. */
  readonly expires_in: number;
  readonly refresh_token?: string;
  /** Granted scope: `offline_access` with a refresh token; undefined without a refresh token. */
  readonly scope?: string;
}

/** Properties of a token request besides its form. */
export interface TokenRequestMeta {
  readonly userAgent?: string | undefined;
  /** Thumbprint of the key that the request proves; the issued tokens are bound to that key. */
  readonly jkt?: string | undefined;
}

/** Device authorization response (RFC 8628, section 3.2). */
export interface DeviceAnswer {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

export interface AuthorizationServer extends DeviceApproval {
  metadata(): ReturnType<typeof authorizationServerMetadata>;
  openIdMetadata(): ReturnType<typeof openIdMetadata>;
  validateAuthorize(parameters: URLSearchParams): AuthorizeOutcome;
  /**
   * Handles the pushed authorization request endpoint (RFC 9126).
   * @param jkt thumbprint of the key that the request proves, to which the code is bound (RFC 9449, section 10.1)
   * @throws {OAuthError}
   */
  pushAuthorize(parameters: URLSearchParams, jkt?: string): PushedAnswer;
  /** Creates a code and returns the redirect with it. @param facts of the login that just happened */
  issueCode(request: AuthorizeRequest, facts: SessionFacts, refreshToken?: string): Promise<string>;
  /** Returns the redirect with an error. */
  refuse(request: AuthorizeRequest, error: OAuthErrorCode): string;
  /** Handles the token endpoint. @throws {OAuthError} */
  exchange(parameters: URLSearchParams, meta?: TokenRequestMeta): Promise<TokenAnswer>;
  /** Handles the device authorization endpoint. @throws {OAuthError} */
  deviceAuthorization(
    parameters: URLSearchParams,
    meta?: { readonly address?: string },
  ): Promise<DeviceAnswer>;
  /** Revokes a token (RFC 7009), whether or not it exists. @throws {OAuthError} for a malformed request */
  revoke(parameters: URLSearchParams): Promise<void>;
}

/**
 * Creates an OAuth authorization server for public clients in front of the identity provider. Users log in at
 * the provider; clients get opaque tokens. An access token lives as long as its session: it is extended by
 * use and can be revoked at once. If the provider has to confirm sessions, there are refresh tokens: an
 * access token is not valid after its `expires_in`, and each refresh gives a new one.
 * @throws {TypeError} for clients with unsafe redirect URIs
 */
export function createAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  const {
    issuer,
    store,
    sessions,
    codeTtlSeconds = 60,
    deviceTtlSeconds = 600,
    intervalSeconds = 5,
  } = options;
  const { revalidation, now = Date.now } = options;
  const clients = createClientRegister(options.clients);
  const authorizing = { clients, pushed: createPushedRequests(options.seal), issuer };
  const codes = createAuthorizationCodes(store, sessions, codeTtlSeconds * 1000, now);
  const devices = createDeviceCodes({
    store,
    ttlMs: deviceTtlSeconds * 1000,
    intervalMs: intervalSeconds * 1000,
    now,
  });
  const verificationUri = issuer + oauthPaths.device;

  function tokenAnswer(handle: string, session: Session, refreshToken: string | undefined): TokenAnswer {
    const { endsAt, confirmation, jkt } = session;
    const until = Math.min(endsAt, confirmation?.until ?? Infinity);
    return {
      access_token: handle,
      token_type: jkt === undefined ? 'Bearer' : 'DPoP',
      expires_in: Math.max(1, Math.floor((until - now()) / 1000)),
      ...(refreshToken !== undefined && { refresh_token: refreshToken, scope: offlineAccess }),
    };
  }

  function redeem(
    parameters: URLSearchParams,
    client: OAuthClient,
    jkt: string | undefined,
  ): Promise<Granted> {
    const grantType = required(parameters, 'grant_type');
    if (grantType === 'authorization_code') return codes.redeem(parameters, client, jkt);
    if (grantType === deviceCodeGrant) return devices.redeem(parameters, client);
    throw new OAuthError('unsupported_grant_type');
  }

  /**
   * Checks the rate limit of the address before that of the client, so that one address cannot use up the
   * limit of a client.
   * @throws {OAuthError} 429
   */
  async function admitDevice(address: string, { clientId }: OAuthClient): Promise<void> {
    const { deviceLimits } = options;
    const seconds =
      (await deviceLimits?.perAddress.admit(address)) ?? (await deviceLimits?.perClient.admit(clientId));
    if (seconds !== undefined) throw new OAuthError('slow_down', 'too many devices request codes', seconds);
  }

  return {
    ...createDeviceApproval(store, devices, clients),

    metadata: () => authorizationServerMetadata(issuer, revalidation !== undefined),
    openIdMetadata: () => openIdMetadata(issuer, revalidation !== undefined),
    validateAuthorize: (parameters) => validateAuthorize(parameters, authorizing),
    pushAuthorize(parameters, jkt) {
      if (jkt === undefined) return pushAuthorize(parameters, authorizing);
      const named = optional(parameters, 'dpop_jkt');
      if (named !== undefined && named !== jkt)
        throw new OAuthError(
          'invalid_dpop_proof',
          'dpop_jkt is not the thumbprint of the key of the DPoP proof: correct it or omit it',
        );
      const bound = new URLSearchParams(parameters);
      bound.set('dpop_jkt', jkt);
      return pushAuthorize(bound, authorizing);
    },
    issueCode: async (request, facts, refreshToken) =>
      codeLocation(request, issuer, await codes.issue(request, sessionFacts(facts), refreshToken)),
    refuse: (request, error) => errorLocation(request, issuer, error),

    async exchange(parameters, { jkt, userAgent } = {}) {
      const client = clients.of(parameters);
      if (revalidation && required(parameters, 'grant_type') === refreshTokenGrantType) {
        const refreshed = await redeemRefreshToken(parameters, client, jkt, revalidation, sessions);
        return tokenAnswer(refreshed.accessToken, refreshed.session, refreshed.refreshToken);
      }
      const { facts, grant, refreshToken } = await redeem(parameters, client, jkt);
      const { clientId } = client;
      const { handle, session } = await sessions.create({ ...facts, clientId, grant, jkt }, { userAgent });
      return tokenAnswer(handle, session, revalidation?.begin(session, refreshToken, handle));
    },

    async deviceAuthorization(parameters, { address = '' } = {}) {
      const client = clients.of(parameters);
      mustAllow(client, deviceCodeGrant);
      await admitDevice(address, client);
      const { deviceCode, userCode } = await devices.begin(client);
      return {
        device_code: deviceCode,
        user_code: userCode,
        verification_uri: verificationUri,
        verification_uri_complete: `${verificationUri}?user_code=${userCode}`,
        expires_in: deviceTtlSeconds,
        interval: intervalSeconds,
      };
    },

    async revoke(parameters) {
      const { clientId } = clients.of(parameters);
      const token = required(parameters, 'token', maxTokenLength);
      const renewal = revalidation?.open(token);
      const handle = handleIn(renewal?.accessToken ?? token);
      const session = await sessions.find(handle);
      if (session?.clientId === clientId) await sessions.end(handle);
      if (renewal) void revalidation?.revoke(token);
    },
  };
}
