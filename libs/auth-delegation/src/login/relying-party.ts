import type { Logger, StateStore } from '@bff/service-kit';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  clockSkew,
  Configuration,
  customFetch,
  genericGrantRequest,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  ResponseBodyError,
  tokenRevocation,
  type ServerMetadata,
} from 'openid-client';
import type { ClaimNames } from '../provider/claim-names.ts';
import { clientAuthentication, type ClientCredentials } from '../provider/client-authentication.ts';
import { TokenRefused } from '../jwt/token-refused.ts';
import { diagnose } from '../provider/diagnosis.ts';
import { createProvider } from '../provider/provider.ts';
import type { ProviderAddress } from '../provider/provider-fetch.ts';
import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import { refreshFailure, type RefreshOutcome } from '../revalidation/refresh-outcome.ts';
import type { Now } from '../time.ts';
import { verifyIdToken } from './id-token.ts';
import { loginFailure, type LoginOutcome } from './login-outcome.ts';
import { createLogoutReceiver, type LogoutReceiver } from './logout-receiver.ts';
import { acceptLogoutToken, type Logout, type LogoutAction } from './logout-token.ts';
import { authorizationUrl, supportedPrompt, type Prompt } from './authorization-url.ts';
import { passedParameters, type PassedParameters } from './authorization-parameters.ts';
import { parseReturnTo } from './return-to.ts';

export interface RelyingPartyOptions extends ProviderAddress, ClientCredentials {
  readonly clientId: string;
  /** Absolute URL without query and fragment. */
  readonly redirectUri: string;
  /** Requested scope. default `openid` */
  readonly scope?: string;
  /** Pushes authorization requests (RFC 9126) even if the provider's metadata does not require it. */
  readonly pushesAuthorizationRequests?: boolean;
  /**
   * Parameters of every authorization request, such as `acr_values`; they never replace parameters of the
   * protocol.
   */
  readonly authorizationParameters?: Readonly<Record<string, string>>;
  /** Names of the request parameters that {@link RelyingParty.passedFrom} passes on. default: no parameter */
  readonly passedParameters?: readonly string[];
  /** Permits `http:` for a provider in development. */
  readonly allowInsecure?: boolean;
  /** Stores the ids of used logout tokens to detect replay. */
  readonly replayStore: StateStore;
  readonly claimNames?: ClaimNames;
  /** Maximum size of an ID or logout token in bytes. default 16384 */
  readonly maxTokenBytes?: number;
  /** Other clients that `aud` may contain. default: `aud` may contain only this client */
  readonly trustedAudiences?: readonly string[];
  /** Whether `finish` returns the provider's refresh token. default false */
  readonly wantsRefreshToken?: boolean;
  /** Logs why the provider cannot be used, and why a login was rejected. */
  readonly log?: Logger | undefined;
  /** Time-out of a call to the provider in milliseconds. default 5000 */
  readonly timeoutMs?: number;
  /**
   * Minimum milliseconds between fetches of the keys after a burst of up to three. It limits the fetches that
   * tokens with unknown kids cause. default 30000
   */
  readonly jwksCooldownMs?: number;
  readonly now?: Now;
}

/** State of a login that the browser has to return; the caller seals it in one cookie per login. */
export interface LoginInFlight {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
  readonly maxAge?: number;
}

export interface BeginLogin {
  readonly returnTo?: string;
  readonly prompt?: Prompt;
  /** Maximum seconds since the user authenticated. */
  readonly maxAge?: number;
  /** Further parameters, such as `ui_locales`; they never replace parameters of the protocol. */
  readonly extra?: Readonly<Record<string, string>>;
}

export interface RelyingParty {
  /** Returns the parameters of a request that are passed to the provider; undefined when one is malformed. */
  passedFrom(query: URLSearchParams): PassedParameters | undefined;
  /**
   * Begins a login. @throws {Problem} `invalid-return-to`, before the provider is called @throws
   * {ProviderUnavailable}
   */
  begin(options?: BeginLogin): Promise<{ readonly url: string; readonly login: LoginInFlight }>;
  /**
   * Finishes a login from the query of `currentUrl`. Drops every token of the provider, except the refresh
   * token if it is wanted.
   * @param log receives one line for a failed login, with the setting to look at. default: the log of the
   * relying party
   */
  finish(currentUrl: URL, login: LoginInFlight, log?: Logger): Promise<LoginOutcome>;
  /**
   * Refreshes the provider's session (RFC 6749, section 6). The provider may rotate the refresh token;
   * `refreshToken` may then no longer be valid.
   */
  refresh(refreshToken: string): Promise<RefreshOutcome>;
  /**
   * Sends the client's credentials with an invalid code. Resolves to the error if the provider rejects the
   * credentials, and to undefined if it rejects only the code.
   */
  probeClient(): Promise<unknown>;
  /**
   * Revokes a refresh token at the provider (RFC 7009). Resolves to false if the call failed or the provider
   * has no revocation endpoint.
   */
  revoke(refreshToken: string): Promise<boolean>;
  /**
   * Returns the URL of the provider's logout page. Undefined if there is no such page or the provider is
   * down, so that an outage of the provider never fails a logout.
   */
  endSessionUrl(options: { readonly postLogoutRedirectUri: string }): Promise<string | undefined>;
  /**
   * Verifies a logout token, and calls `act` once for each token.
   * @throws {TokenRefused}
   * @throws {StateUnavailable} or {@link ProviderUnavailable}: nothing was done
   */
  verifyLogoutToken(token: string, act?: LogoutAction): Promise<Logout>;
  /**
   * Creates a receiver that calls `act` once for each logout token, later if keys or store are unavailable
   * (F37, F38).
   */
  receiveLogouts(act: LogoutAction, log: Logger): LogoutReceiver;
  /**
   * Fetches metadata and keys before they are needed (F71). Never rejects, because the provider may be down
   * at start.
   */
  prefetch(): Promise<void>;
}

const clockToleranceSeconds = 30;

/** Creates the relying party of an OpenID provider: authorization code flow with PKCE, state and nonce. */
export function createRelyingParty(options: RelyingPartyOptions): RelyingParty {
  const { clientId, scope = 'openid', timeoutMs = 5_000, now = Date.now } = options;
  const redirectUri = new URL(options.redirectUri);
  if (redirectUri.search || redirectUri.hash)
    throw new TypeError('the redirect URI must have neither query nor fragment');
  const provider = createProvider({ ...options, timeoutMs, now });
  const authenticate = clientAuthentication(options);
  const rules = { ...options, provider, clockToleranceSeconds, now };

  /**
   * Creates a configuration for each use, because openid-client reads the system clock itself and needs its
   * current difference from `now`.
   */
  function configurationFor(metadata: ServerMetadata): Configuration {
    const skew = Math.round((now() - Date.now()) / 1000);
    const configuration = new Configuration(metadata, clientId, { [clockSkew]: skew }, authenticate);
    configuration.timeout = timeoutMs / 1000;
    if (provider.fetch) configuration[customFetch] = provider.fetch;
    if (options.allowInsecure) allowInsecureRequests(configuration);
    return configuration;
  }

  async function exchange(currentUrl: URL, login: LoginInFlight) {
    const callback = new URL(redirectUri);
    callback.search = currentUrl.search;
    const tokens = await authorizationCodeGrant(configurationFor(await provider.metadata()), callback, {
      expectedState: login.state,
      expectedNonce: login.nonce,
      pkceCodeVerifier: login.codeVerifier,
      idTokenExpected: true,
    });
    if (tokens.id_token === undefined) throw new TokenRefused('malformed');
    return { idToken: tokens.id_token, refreshToken: tokens.refresh_token };
  }

  return {
    passedFrom: (query) => passedParameters(query, options.passedParameters ?? []),

    async begin({ returnTo, prompt, maxAge, extra } = {}) {
      const login: LoginInFlight = {
        state: randomState(),
        nonce: randomNonce(),
        codeVerifier: randomPKCECodeVerifier(),
        returnTo: parseReturnTo(returnTo),
        maxAge,
      };
      const metadata = await provider.metadata();
      const request = {
        ...extra,
        ...options.authorizationParameters,
        client_id: clientId,
        response_type: 'code',
        redirect_uri: redirectUri.href,
        scope,
        state: login.state,
        nonce: login.nonce,
        code_challenge: await calculatePKCECodeChallenge(login.codeVerifier),
        code_challenge_method: 'S256',
        ...(prompt === undefined ? {} : { prompt: supportedPrompt(prompt, metadata) }),
        ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
      };
      const url = await authorizationUrl(configurationFor(metadata), request, options);
      return { url: url.href, login };
    },

    async finish(currentUrl, login, log = options.log) {
      const { nonce, maxAge, returnTo } = login;
      try {
        const { idToken, refreshToken } = await exchange(currentUrl, login);
        return {
          kind: 'logged-in',
          login: await verifyIdToken(idToken, { ...rules, nonce, maxAge }),
          returnTo,
          ...(options.wantsRefreshToken && refreshToken !== undefined && { refreshToken }),
        };
      } catch (error) {
        const failure = loginFailure(error, returnTo);
        if (
          failure.kind !== 'not-logged-in' &&
          !(failure.kind === 'denied' && failure.error === 'access_denied')
        )
          log?.warn(diagnose(error, options.issuer), 'login failed at the identity provider');
        return failure;
      }
    },

    async refresh(refreshToken) {
      try {
        const configuration = configurationFor(await provider.metadata());
        const tokens = await refreshTokenGrant(configuration, refreshToken);
        const { id_token: idToken, refresh_token: next = refreshToken } = tokens;
        const login =
          idToken === undefined ? undefined : await verifyIdToken(idToken, { ...rules, nonce: undefined });
        return { kind: 'confirmed', refreshToken: next, login };
      } catch (error) {
        const failure = refreshFailure(error);
        if (failure.kind === 'refused')
          options.log?.error(
            diagnose(error, options.issuer),
            'identity provider refuses to confirm sessions',
          );
        return failure;
      }
    },

    async probeClient() {
      try {
        const configuration = configurationFor(await provider.metadata());
        const code = `not-a-code-${randomState()}`;
        await genericGrantRequest(configuration, 'authorization_code', {
          code,
          redirect_uri: redirectUri.href,
          code_verifier: randomPKCECodeVerifier(),
        });
        return undefined;
      } catch (error) {
        const isKnown = error instanceof ResponseBodyError && error.error === 'invalid_grant';
        return isKnown ? undefined : error;
      }
    },

    async revoke(refreshToken) {
      try {
        const metadata = await provider.metadata();
        if (metadata.revocation_endpoint === undefined) return false;
        await tokenRevocation(configurationFor(metadata), refreshToken, { token_type_hint: 'refresh_token' });
        return true;
      } catch (error) {
        if (!(error instanceof ProviderUnavailable))
          options.log?.warn(diagnose(error, options.issuer), 'refresh token could not be revoked');
        return false;
      }
    },

    async endSessionUrl({ postLogoutRedirectUri }) {
      try {
        const metadata = await provider.metadata();
        if (metadata.end_session_endpoint === undefined) return undefined;
        const parameters = { post_logout_redirect_uri: postLogoutRedirectUri };
        return buildEndSessionUrl(configurationFor(metadata), parameters).href;
      } catch {
        return undefined;
      }
    },

    receiveLogouts: (act, log) => createLogoutReceiver({ rules, act, log }),
    prefetch: () => provider.prefetch(),
    verifyLogoutToken: (token, act = async () => undefined) => acceptLogoutToken(token, rules, act),
  };
}
