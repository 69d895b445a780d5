import type { StateStore } from '@bff/service-kit';
import type { RateLimit } from '@bff/tenancy';
import { handleIn } from '../revalidation/access-tokens.ts';
import type { Revalidation } from '../revalidation/revalidation.ts';
import { sessionFacts, type Session, type SessionFacts } from '../session/session.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { Now } from '../time.ts';
import { createAuthorizationCodes, type Granted } from './authorization-codes.ts';
import {
  codeLocation,
  errorLocation,
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
import { required } from './parameters.ts';
import { maxTokenLength, redeemRefreshToken } from './refresh-tokens.ts';
import { authorizationServerMetadata, oauthPaths, offlineAccess, openIdMetadata } from './server-metadata.ts';

export interface AuthorizationServerOptions {
  /** Our own public origin, without a slash at its end. */
  readonly issuer: string;
  readonly store: StateStore;
  /** Where the tokens live; of the kind `token`. */
  readonly sessions: SessionStore;
  readonly clients: readonly OAuthClient[];
  /** Undefined: no session has to be confirmed, and there are no refresh tokens. */
  readonly revalidation?: Revalidation | undefined;
  /** Default 60. */
  readonly codeTtlSeconds?: number;
  /** Default 600. */
  readonly deviceTtlSeconds?: number;
  /** Default 5. */
  readonly intervalSeconds?: number;
  /** How often an address, and a client, may begin to let a device in. Default: as often as they like. */
  readonly deviceLimits?: { readonly perAddress: RateLimit; readonly perClient: RateLimit } | undefined;
  readonly now?: Now;
}

/** RFC 6749, section 5.1. */
export interface TokenAnswer {
  readonly access_token: string;
  /** `DPoP`: the key has to be proved with each use (RFC 9449). */
  readonly token_type: 'Bearer' | 'DPoP';
  /** Until the token ends or has to be refreshed. */
  readonly expires_in: number;
  readonly refresh_token?: string;
  /** What is granted of any scope that was asked for: `offline_access` with a refresh token, and nothing else. */
  readonly scope?: string;
}

/** What a token request shows besides its form. */
export interface TokenRequestMeta {
  readonly userAgent?: string | undefined;
  /** Thumbprint of the key that it proves to have: its tokens are bound to that. */
  readonly jkt?: string | undefined;
}

/** RFC 8628, section 3.2. */
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
  /** Where the browser takes the code. `facts` are those of the login that just happened. */
  issueCode(request: AuthorizeRequest, facts: SessionFacts, refreshToken?: string): Promise<string>;
  /** Where the browser takes the news that there is no code. */
  refuse(request: AuthorizeRequest, error: OAuthErrorCode): string;
  /** The token endpoint. @throws {OAuthError} */
  exchange(parameters: URLSearchParams, meta?: TokenRequestMeta): Promise<TokenAnswer>;
  /** @throws {OAuthError} */
  deviceAuthorization(
    parameters: URLSearchParams,
    meta?: { readonly address?: string },
  ): Promise<DeviceAnswer>;
  /** RFC 7009: fine whether or not there was anything to revoke. @throws {OAuthError} on a malformed request */
  revoke(parameters: URLSearchParams): Promise<void>;
}

/**
 * An OAuth authorization server in front of the identity provider, for public clients: it knows users only from logins
 * there, and hands out opaque tokens. An access token lives as long as its session does, extended by use and revocable at once.
 * Where the provider has to confirm sessions, a refresh token carries what that takes; no access token is of use past its
 * `expires_in`, and each refresh gives another one.
 *
 * @throws {TypeError} on clients that are not safe
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

  /** The address first: one that asks too often must not use up what its client may. @throws {OAuthError} 429 */
  async function admitDevice(address: string, { clientId }: OAuthClient): Promise<void> {
    const { deviceLimits } = options;
    const seconds =
      (await deviceLimits?.perAddress.admit(address)) ?? (await deviceLimits?.perClient.admit(clientId));
    if (seconds !== undefined) throw new OAuthError('slow_down', 'too many devices ask for codes', seconds);
  }

  return {
    ...createDeviceApproval(store, devices, clients),

    metadata: () => authorizationServerMetadata(issuer, revalidation !== undefined),
    openIdMetadata: () => openIdMetadata(issuer, revalidation !== undefined),
    validateAuthorize: (parameters) => validateAuthorize(parameters, clients, issuer),
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
