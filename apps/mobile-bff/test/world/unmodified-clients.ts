/* eslint-disable no-restricted-imports -- its index has no part for Node, and its types are resolved by bundlers only */
import { createBrowser } from '@bff/dev-idp';
import { AuthorizationRequest } from '@openid/appauth/built/src/authorization_request.js';
import { AuthorizationServiceConfiguration } from '@openid/appauth/built/src/authorization_service_configuration.js';
import { NodeCrypto } from '@openid/appauth/built/src/node_support/crypto_utils.js';
import { NodeBasedHandler } from '@openid/appauth/built/src/node_support/node_request_handler.js';
import { NodeRequestor } from '@openid/appauth/built/src/node_support/node_requestor.js';
import { RevokeTokenRequest } from '@openid/appauth/built/src/revoke_token_request.js';
import { BaseTokenRequestHandler } from '@openid/appauth/built/src/token_request_handler.js';
import { TokenRequest } from '@openid/appauth/built/src/token_request.js';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { redirectUri, signIn } from './native-app.ts';

export interface Granted {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly scope: string | undefined;
  readonly expiresIn: number | undefined;
}

/** An unmodified client library with its defaults, given only an issuer and a client id. */
export interface UnmodifiedClient {
  readonly name: string;
  /** Discovers the server; returns a client that can log in. */
  discover(issuer: string): Promise<DiscoveredServer>;
}

export interface DiscoveredServer {
  logIn(username: string): Promise<Granted>;
  /** Rejects with the error that the library creates from the server's error. */
  refresh(refreshToken: string): Promise<Granted>;
  revoke(token: string): Promise<void>;
}

const clientId = 'demo-app';
const scope = 'openid offline_access';

/** Follows the redirects between the two calls of the library, as a system browser does. */
async function inBrowser(authorizationUrl: string, username: string): Promise<URL> {
  const browser = createBrowser();
  const { leavesTo: provider } = await browser.open(authorizationUrl);
  const { leavesTo } = await browser.open(await signIn(provider!, browser, username));
  return new URL(leavesTo!);
}

const openIdClient: UnmodifiedClient = {
  name: 'openid-client',
  async discover(issuer) {
    const execute = [openid.allowInsecureRequests];
    const server = await openid.discovery(new URL(issuer), clientId, undefined, openid.None(), { execute });
    const granted = (answer: openid.TokenEndpointResponse): Granted => ({
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token!,
      scope: answer.scope,
      expiresIn: answer.expires_in,
    });
    return {
      async logIn(username) {
        const pkceCodeVerifier = openid.randomPKCECodeVerifier();
        const expectedState = openid.randomState();
        const url = openid.buildAuthorizationUrl(server, {
          redirect_uri: redirectUri,
          scope,
          code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
          code_challenge_method: 'S256',
          state: expectedState,
        });
        const callback = await inBrowser(url.href, username);
        return granted(
          await openid.authorizationCodeGrant(server, callback, { pkceCodeVerifier, expectedState }),
        );
      },
      refresh: async (refreshToken) => granted(await openid.refreshTokenGrant(server, refreshToken)),
      revoke: (token) => openid.tokenRevocation(server, token),
    };
  },
};

const oauth4webapi: UnmodifiedClient = {
  name: 'oauth4webapi',
  async discover(issuer) {
    const insecure = { [oauth.allowInsecureRequests]: true };
    const at = new URL(issuer);
    const server = await oauth.processDiscoveryResponse(at, await oauth.discoveryRequest(at, insecure));
    const client: oauth.Client = { client_id: clientId };
    const none = oauth.None();
    const granted = (answer: oauth.TokenEndpointResponse): Granted => ({
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token!,
      scope: answer.scope,
      expiresIn: answer.expires_in,
    });
    return {
      async logIn(username) {
        const verifier = oauth.generateRandomCodeVerifier();
        const state = oauth.generateRandomState();
        const url = new URL(server.authorization_endpoint!);
        url.search = new URLSearchParams({
          client_id: clientId,
          redirect_uri: redirectUri,
          response_type: 'code',
          scope,
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
        }).toString();
        const parameters = oauth.validateAuthResponse(
          server,
          client,
          await inBrowser(url.href, username),
          state,
        );
        const answer = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          none,
          parameters,
          redirectUri,
          verifier,
          insecure,
        );
        return granted(await oauth.processAuthorizationCodeResponse(server, client, answer));
      },
      async refresh(refreshToken) {
        const answer = await oauth.refreshTokenGrantRequest(server, client, none, refreshToken, insecure);
        return granted(await oauth.processRefreshTokenResponse(server, client, answer));
      },
      revoke: async (token) =>
        oauth.processRevocationResponse(await oauth.revocationRequest(server, client, none, token, insecure)),
    };
  },
};

const appAuth: UnmodifiedClient = {
  name: '@openid/appauth',
  async discover(issuer) {
    const requestor = new NodeRequestor();
    const server = await AuthorizationServiceConfiguration.fetchFromIssuer(issuer, requestor);
    const tokens = new BaseTokenRequestHandler(requestor);
    // Flow of a native app; only its browser and its listener are replaced.
    const handler = new NodeBasedHandler() as NodeBasedHandler & {
      buildRequestUrl(at: AuthorizationServiceConfiguration, request: AuthorizationRequest): string;
    };
    async function grant(members: object): Promise<Granted> {
      const request = new TokenRequest({
        client_id: clientId,
        redirect_uri: redirectUri,
        ...members,
      } as never);
      const {
        accessToken,
        refreshToken,
        scope: told,
        expiresIn,
      } = await tokens.performTokenRequest(server, request);
      return { accessToken, refreshToken: refreshToken!, scope: told, expiresIn };
    }
    return {
      async logIn(username) {
        const request = new AuthorizationRequest(
          { client_id: clientId, redirect_uri: redirectUri, scope, response_type: 'code' } as never,
          new NodeCrypto(),
        );
        await request.setupCodeVerifier();
        const callback = await inBrowser(handler.buildRequestUrl(server, request), username);
        if (callback.searchParams.get('state') !== request.state) throw new Error('another state');
        return grant({
          grant_type: 'authorization_code',
          code: callback.searchParams.get('code'),
          extras: { code_verifier: request.internal!['code_verifier'] },
        });
      },
      refresh: (refreshToken) => grant({ grant_type: 'refresh_token', refresh_token: refreshToken }),
      async revoke(token) {
        await tokens.performRevokeTokenRequest(
          server,
          new RevokeTokenRequest({ token, client_id: clientId }),
        );
      },
    };
  },
};

export const unmodifiedClients: readonly UnmodifiedClient[] = [openIdClient, oauth4webapi, appAuth];
