import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createMemoryStore } from '@bff/service-kit';
import * as client from 'openid-client';
import {
  createAuthorizationServer,
  createSeal,
  createSessionStore,
  deviceCodeGrant,
  OAuthError,
  oauthPaths,
  type AuthorizationServer,
  type SessionStore,
} from '../../src/index.ts';
import { t1 } from '../world/identities.ts';
import { listen, type Publisher } from '../world/publisher.ts';

let publisher: Publisher;
let server: AuthorizationServer;
let sessions: SessionStore;
let configuration: client.Configuration;
const redirectUri = 'http://127.0.0.1:51004/callback';
const sessionFacts = {
  home: t1,
  issuer: 'https://idp.example',
  subject: 'u1',
  tenants: ['t1'],
  roles: [],
  permissions: [],
  authTime: 0,
  issuedAt: 0,
};

/** A minimal application around the library. */
beforeAll(async () => {
  const posts: Readonly<Record<string, (parameters: URLSearchParams) => Promise<unknown>>> = {
    [oauthPaths.token]: (parameters) => server.exchange(parameters),
    [oauthPaths.deviceAuthorization]: (parameters) => server.deviceAuthorization(parameters),
    [oauthPaths.revoke]: (parameters) => server.revoke(parameters),
  };
  publisher = await listen(async (request, response) => {
    const url = new URL(request.url ?? '', publisher.url);
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    try {
      if (url.pathname === oauthPaths.metadata) return answer(200, server.metadata());
      if (url.pathname === oauthPaths.authorize) {
        const outcome = server.validateAuthorize(url.searchParams);
        if (outcome.kind !== 'valid') return answer(400, outcome);
        response.writeHead(302, { Location: await server.issueCode(outcome.request, sessionFacts) });
        return response.end();
      }
      answer(200, (await posts[url.pathname]?.(new URLSearchParams(await text(request)))) ?? {});
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      answer(error.status, error);
    }
  });
  const store = createMemoryStore();
  sessions = createSessionStore({ store, kind: 'token', idleMs: 1e6, absoluteMs: 1e7 });
  server = createAuthorizationServer({
    issuer: publisher.url,
    store,
    sessions,
    seal: createSeal([randomBytes(32)]),
    intervalSeconds: 0.01,
    clients: [
      {
        clientId: 'app',
        name: 'The app',
        redirectUris: ['http://127.0.0.1/callback'],
        allowLoopback: true,
        grantTypes: ['authorization_code', deviceCodeGrant],
      },
    ],
  });
  configuration = await client.discovery(new URL(publisher.url), 'app', undefined, client.None(), {
    algorithm: 'oauth2',
    execute: [client.allowInsecureRequests],
  });
});
afterAll(() => publisher.close());

describe('a standard client (openid-client)', () => {
  test('openid-client logs in by authorization code and PKCE, and revokes its token', async () => {
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      scope: 'openid',
    });
    const { headers } = await fetch(url, { redirect: 'manual' });
    const callback = new URL(headers.get('location')!);

    const tokens = await client.authorizationCodeGrant(configuration, callback, {
      pkceCodeVerifier,
      expectedState,
    });
    await expect(sessions.find(tokens.access_token)).resolves.toMatchObject({
      subject: 'u1',
      clientId: 'app',
    });

    await client.tokenRevocation(configuration, tokens.access_token);
    await expect(sessions.find(tokens.access_token)).resolves.toBeUndefined();
    await expect(
      client.authorizationCodeGrant(configuration, callback, { pkceCodeVerifier, expectedState }),
    ).rejects.toMatchObject({
      name: 'ResponseBodyError',
      status: 400,
      error: 'invalid_grant',
    });
  });

  test('openid-client logs in by device flow', async () => {
    const device = await client.initiateDeviceAuthorization(configuration, {});
    const polling = client.pollDeviceAuthorizationGrant(configuration, device);
    await server.approveDevice(device.user_code, sessionFacts);
    const tokens = await polling;
    await expect(sessions.find(tokens.access_token)).resolves.toMatchObject({ subject: 'u1' });
  });

  test('openid-client receives access_denied when its device was denied', async () => {
    const device = await client.initiateDeviceAuthorization(configuration, {});
    await server.denyDevice(device.user_code, 'u1');
    await expect(client.pollDeviceAuthorizationGrant(configuration, device)).rejects.toMatchObject({
      error: 'access_denied',
    });
  });
});
