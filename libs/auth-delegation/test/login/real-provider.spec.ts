import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createMemoryStore } from '@bff/service-kit';
import {
  createBrowser,
  demoAccounts,
  loginThroughForm,
  logoutThroughForm,
  startDevIdp,
  type Browser,
  type DevIdp,
} from '@bff/dev-idp';
import * as client from 'openid-client';
import {
  accessTokenVerifier,
  createRelyingParty,
  createSessionStore,
  type BeginLogin,
  type LoginOutcome,
  type RelyingParty,
} from '../../src/index.ts';
import { facts } from '../world/client.ts';
import { t1 } from '../world/identities.ts';
import { listen, type Publisher } from '../world/publisher.ts';

/**
 * Accounts of the development identity provider: two users, their tenants, and a partner of the first tenant.
 */
const { tenant, otherTenant, userOfOneTenant, userOfTwoTenants, partnerClient } = demoAccounts;

const callback = 'http://app.example/auth/callback';
let idp: DevIdp;
let backchannel: Publisher;
let party: RelyingParty;
const logoutTokens: string[] = [];

beforeAll(async () => {
  backchannel = await listen(async (request, response) => {
    logoutTokens.push(new URLSearchParams(await text(request)).get('logout_token') ?? '');
    response.end();
  });
  idp = await startDevIdp({
    clients: [
      {
        client_id: 'app',
        client_secret: 'app-secret',
        grant_types: ['authorization_code', 'refresh_token'],
        backchannel_logout_session_required: true,
        redirect_uris: [callback],
        post_logout_redirect_uris: ['http://app.example/'],
        backchannel_logout_uri: backchannel.url,
      },
    ],
    tokenFamilies: ['partner'],
  });
});
afterAll(async () => {
  await idp.close();
  await backchannel.close();
});
beforeEach(() => {
  idp.control.setClock(0);
  party = createRelyingParty({
    issuer: idp.issuer,
    clientId: 'app',
    clientSecret: 'app-secret',
    redirectUri: callback,
    scope: 'openid profile',
    allowInsecure: true,
    replayStore: createMemoryStore(),
  });
});

async function login(
  browser: Browser,
  options: BeginLogin = {},
  username: string = userOfOneTenant,
): Promise<LoginOutcome> {
  const { url, login: inFlight } = await party.begin({ returnTo: '/things', ...options });
  const back = await loginThroughForm({ authorizationUrl: url, username, password: 'demo', browser });
  return party.finish(new URL(back), inFlight);
}

describe('with oidc-provider', () => {
  test("W5 a user who has logged in is logged in again without a form as long as the provider's session lasts", async () => {
    const browser = createBrowser();
    await expect(login(browser, { prompt: 'none' })).resolves.toEqual({
      kind: 'not-logged-in',
      returnTo: '/things',
      error: 'login_required',
      isEnded: true,
    });

    const outcome = await login(browser);
    expect(outcome).toMatchObject({
      kind: 'logged-in',
      login: {
        subject: userOfOneTenant,
        tenants: [tenant],
        roles: expect.arrayContaining(['admin']),
        sid: expect.any(String),
        issuer: idp.issuer,
      },
    });
    await expect(login(browser, { prompt: 'none' })).resolves.toMatchObject({
      kind: 'logged-in',
      login: { subject: userOfOneTenant },
    });
  });

  test('T1 the login of a user of two tenants has both tenants', async () => {
    await expect(login(createBrowser(), {}, userOfTwoTenants)).resolves.toMatchObject({
      login: { tenants: [tenant, otherTenant] },
    });
  });

  test('W2 the authorization code of a login works once', async () => {
    const { url, login: inFlight } = await party.begin();
    const back = new URL(
      await loginThroughForm({ authorizationUrl: url, username: userOfOneTenant, password: 'demo' }),
    );
    await expect(party.finish(back, inFlight)).resolves.toMatchObject({ kind: 'logged-in' });
    await expect(party.finish(back, inFlight)).resolves.toEqual({
      kind: 'refused',
      reason: 'token-endpoint',
    });
  });

  test.each([25, -25])(
    'W4 a login succeeds with a clock difference of %d s to the provider',
    async (seconds) => {
      idp.control.setClock(seconds);
      await expect(login(createBrowser())).resolves.toMatchObject({ kind: 'logged-in' });
    },
  );

  test.each([120, -400])(
    'W4 a login is rejected with a clock difference of %d s to the provider',
    async (seconds) => {
      idp.control.setClock(seconds);
      await expect(login(createBrowser())).resolves.toMatchObject({ kind: 'refused' });
    },
  );

  test('W4 logins continue while the provider rotates its keys twice', async () => {
    await expect(login(createBrowser())).resolves.toMatchObject({ kind: 'logged-in' });
    party = createRelyingParty({
      issuer: idp.issuer,
      clientId: 'app',
      clientSecret: 'app-secret',
      redirectUri: callback,
      allowInsecure: true,
      replayStore: createMemoryStore(),
      jwksCooldownMs: 0,
    });
    for (let rotation = 0; rotation < 2; rotation += 1) {
      await idp.control.rotateKeys();
      await expect(login(createBrowser())).resolves.toMatchObject({ kind: 'logged-in' });
    }
  });

  test('a token endpoint that fails or hangs counts as an unavailable provider', async () => {
    party = createRelyingParty({
      issuer: idp.issuer,
      clientId: 'app',
      clientSecret: 'app-secret',
      redirectUri: callback,
      allowInsecure: true,
      replayStore: createMemoryStore(),
      timeoutMs: 300,
    });
    for (const kind of ['error', 'hang'] as const) {
      idp.control.setFault(
        kind === 'error' ? { endpoint: 'token', kind, status: 503 } : { endpoint: 'token', kind },
      );
      await expect(login(createBrowser())).resolves.toEqual({ kind: 'provider-unavailable' });
      idp.control.clearFaults();
    }
    await expect(login(createBrowser())).resolves.toMatchObject({ kind: 'logged-in' });
  });

  test('with a wrong client secret the login is refused, and the provider does not count as unavailable', async () => {
    party = createRelyingParty({
      issuer: idp.issuer,
      clientId: 'app',
      clientSecret: 'wrong',
      redirectUri: callback,
      allowInsecure: true,
      replayStore: createMemoryStore(),
    });
    await expect(login(createBrowser())).resolves.toMatchObject({ kind: 'refused' });
  });

  test('W11 a logout at the provider ends the session here, by a logout token that is accepted once', async () => {
    const sessions = createSessionStore({
      store: createMemoryStore({ clock: Date.now }),
      kind: 'session',
      idleMs: 1e6,
      absoluteMs: 1e7,
    });
    const browser = createBrowser();
    const outcome = await login(browser);
    if (outcome.kind !== 'logged-in') throw new Error(outcome.kind);
    const { handle } = await sessions.create({ ...outcome.login, home: t1 });
    const other = await sessions.create({ ...outcome.login, sid: 'another', home: t1 });

    const endSessionUrl = await party.endSessionUrl({ postLogoutRedirectUri: 'http://app.example/' });
    await expect(logoutThroughForm({ endSessionUrl: endSessionUrl!, browser })).resolves.toBe(
      'http://app.example/',
    );
    const token = logoutTokens.at(-1)!;
    await party.verifyLogoutToken(token, ({ issuer, sid, iat }) => sessions.endBySid(issuer, sid!, iat));

    await expect(sessions.find(handle)).resolves.toBeUndefined();
    await expect(sessions.find(other.handle)).resolves.toBeDefined();
    await expect(party.verifyLogoutToken(token)).rejects.toMatchObject({ code: 'replayed' });
  });
});

describe('the verifier of access tokens that oidc-provider issues to partners', () => {
  const partner = (id: string) =>
    client.discovery(new URL(idp.issuer), id, undefined, client.ClientSecretBasic('demo-secret'), {
      execute: [client.allowInsecureRequests],
    });
  const verifier = () =>
    accessTokenVerifier({
      issuer: idp.issuer,
      audience: 'partner-bff',
      allowInsecure: true,
      replayStore: createMemoryStore(),
    });

  test('M1 an access token that oidc-provider issued for client credentials is accepted', async () => {
    const { access_token } = await client.clientCredentialsGrant(await partner(partnerClient));
    await expect(
      verifier().verify(facts({ authorization: [`Bearer ${access_token}`] })),
    ).resolves.toMatchObject({
      subject: partnerClient,
      clientId: partnerClient,
      tenants: [tenant],
      roles: ['partner'],
    });
  });

  test('M1 an access token of oidc-provider for another audience is rejected, and so is an ID token', async () => {
    const foreign = idp.control.devToken({ user: userOfOneTenant, audience: 'web-bff' }).access_token;
    await expect(verifier().verify(facts({ authorization: [`Bearer ${foreign}`] }))).rejects.toMatchObject({
      status: 401,
    });
  });

  test('M2 a DPoP token is accepted with the proof of a standard client, and token and proof are each rejected without the other', async () => {
    const configuration = await partner(partnerClient);
    const DPoP = client.getDPoPHandle(configuration, await client.randomDPoPKeyPair('ES256'));
    const { access_token, token_type } = await client.clientCredentialsGrant(configuration, {}, { DPoP });
    expect(token_type).toBe('dpop');
    const proofs: string[] = [];
    configuration[client.customFetch] = async (_url, options) => {
      proofs.push(new Headers(options.headers).get('dpop')!);
      return new Response('{}');
    };
    await client.fetchProtectedResource(
      configuration,
      access_token,
      new URL('https://partner.example/v1/things'),
      'GET',
      undefined,
      undefined,
      { DPoP },
    );

    const checked = verifier();
    await expect(
      checked.verify(facts({ authorization: [`DPoP ${access_token}`], headers: { dpop: proofs } })),
    ).resolves.toMatchObject({ subject: partnerClient });
    await expect(checked.verify(facts({ authorization: [`Bearer ${access_token}`] }))).rejects.toMatchObject({
      status: 401,
    });
  });
});
