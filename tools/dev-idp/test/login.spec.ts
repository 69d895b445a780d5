import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBrowser, loginThroughForm, type DevIdp } from '../src/index.ts';
import { authorizationRequest, phone, redeem, verified, site } from './relying-party.ts';
import { startIdp } from './start-idp.ts';

let idp: DevIdp;
beforeAll(async () => {
  idp = await startIdp();
});
afterAll(() => idp.close());

const queryOf = (url: string): Record<string, string> => Object.fromEntries(new URL(url).searchParams);

describe('the metadata of the provider', () => {
  test("the metadata contains the issuer's addresses, whatever Host was requested", async () => {
    const inner = idp.issuer.replace('127.0.0.1', 'localhost');
    const response = await fetch(`${inner}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({
      issuer: idp.issuer,
      authorization_endpoint: `${idp.issuer}/auth`,
      token_endpoint: `${idp.issuer}/token`,
    });
  });

  test.each(['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'])(
    'the metadata at %s contains everything that a client needs',
    async (path) => {
      const response = await fetch(idp.issuer + path);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        issuer: idp.issuer,
        authorization_endpoint: `${idp.issuer}/auth`,
        token_endpoint: `${idp.issuer}/token`,
        jwks_uri: `${idp.issuer}/jwks`,
        end_session_endpoint: `${idp.issuer}/session/end`,
        device_authorization_endpoint: `${idp.issuer}/device/auth`,
        userinfo_endpoint: `${idp.issuer}/me`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
        backchannel_logout_supported: true,
        backchannel_logout_session_supported: true,
        id_token_signing_alg_values_supported: ['RS256'],
        tls_client_certificate_bound_access_tokens: true,
      });
    },
  );

  test('the provider publishes only the public parts of its keys', async () => {
    const { keys } = (await (await fetch(`${idp.issuer}/jwks`)).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0]!).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});

describe('a login by code and PKCE', () => {
  test('a login redirects the browser with code, state and issuer, without a consent page', async () => {
    const request = authorizationRequest(idp, site);
    const callback = await loginThroughForm({
      authorizationUrl: request.url,
      username: 'alice',
      password: 'demo',
    });
    expect(callback.startsWith(`${site.redirectUri}?`)).toBe(true);
    expect(queryOf(callback)).toEqual({ code: expect.any(String), state: request.state, iss: idp.issuer });
  });

  test.each([
    ['alice', 'Alice', 'acme', ['user', 'admin']],
    ['bob', 'Bob', 'acme', ['user']],
    ['gina', 'Gina', 'globex', ['user']],
    ['max', 'Max', ['acme', 'globex'], ['user']],
    ['acme-user-120', 'Acme User 120', 'acme', ['user']],
    ['globex-user-100', 'Globex User 100', 'globex', ['user']],
  ])(
    'a login of %s yields an ID token and userinfo with name, tenants and roles',
    async (username, name, tid, roles) => {
      const request = authorizationRequest(idp, site);
      const callback = await loginThroughForm({ authorizationUrl: request.url, username, password: 'demo' });
      const { status, body } = await redeem(idp, site, callback, request);
      expect(status).toBe(200);
      const { header, claims } = await verified(idp, body.id_token);
      expect(header).toEqual({ alg: 'RS256', kid: expect.any(String) });
      const person = { sub: username, tid, roles, name, email: expect.stringMatching(/^.+@.+\.example$/) };
      expect(claims).toEqual({
        ...person,
        iss: idp.issuer,
        aud: 'site',
        nonce: request.nonce,
        sid: expect.any(String),
        iat: expect.any(Number),
        exp: claims.iat + 300,
      });
      const userinfo = await fetch(`${idp.issuer}/me`, {
        headers: { Authorization: `Bearer ${body.access_token}` },
      });
      expect(await userinfo.json()).toEqual(person);
    },
  );

  test.each([
    ['that has no challenge', { code_challenge: '', code_challenge_method: '' }],
    ['that has the method plain', { code_challenge_method: 'plain' }],
  ])('an authorization request %s is rejected', async (_circumstance, changes) => {
    const { leavesTo } = await createBrowser().open(authorizationRequest(idp, site, changes).url);
    expect(queryOf(leavesTo!)).toMatchObject({ error: 'invalid_request', iss: idp.issuer });
  });

  test('the token endpoint rejects a wrong verifier, and accepts a code once', async () => {
    const request = authorizationRequest(idp, site);
    const callback = await loginThroughForm({
      authorizationUrl: request.url,
      username: 'bob',
      password: 'demo',
    });
    const wrong = { ...request, verifier: 'x'.repeat(43) };
    expect((await redeem(idp, site, callback, wrong)).body.error).toBe('invalid_grant');
    expect((await redeem(idp, site, callback, request)).status).toBe(200);
    expect((await redeem(idp, site, callback, request)).body.error).toBe('invalid_grant');
  });

  test('an authorization request with an unregistered redirect address gets 400 and no redirect', async () => {
    const url = authorizationRequest(idp, site, { redirect_uri: 'http://evil.example/' }).url;
    const page = await createBrowser().open(url);
    expect(page.status).toBe(400);
    expect(page.leavesTo).toBeUndefined();
    expect(page.html).toContain('invalid_redirect_uri');
  });

  test('two logins in one browser can be finished in either order', async () => {
    const browser = createBrowser();
    const requests = [authorizationRequest(idp, site), authorizationRequest(idp, phone)];
    const pages = [await browser.open(requests[0]!.url), await browser.open(requests[1]!.url)];
    const second = await browser.submit(pages[1]!, { username: 'alice', password: 'demo' });
    const first = await browser.submit(pages[0]!, { username: 'alice', password: 'demo' });
    expect((await redeem(idp, phone, second.leavesTo!, requests[1]!)).status).toBe(200);
    expect((await redeem(idp, site, first.leavesTo!, requests[0]!)).status).toBe(200);
  });

  test('a login with prompt=consent shows no consent page', async () => {
    const request = authorizationRequest(idp, site, { prompt: 'login consent' });
    const callback = await loginThroughForm({
      authorizationUrl: request.url,
      username: 'bob',
      password: 'demo',
    });
    expect((await redeem(idp, site, callback, request)).status).toBe(200);
  });
});

describe('the login form', () => {
  test.each([
    ['after a wrong password', 'alice', 'guess'],
    ['without a password', 'alice', ''],
    ['for an unknown user', 'mallory', 'demo'],
    ['for a number beyond the seeded users', 'acme-user-121', 'demo'],
    ['for a name of the object prototype', '__proto__', 'demo'],
  ])(
    'the login form %s is shown again with 401, and can be used again',
    async (_circumstance, username, password) => {
      const browser = createBrowser();
      const form = await browser.open(authorizationRequest(idp, site).url);
      expect(form.status).toBe(200);
      const again = await browser.submit(form, { username, password });
      expect(again.status).toBe(401);
      expect(again.html).toContain('User name or password is wrong.');
      const right = await browser.submit(again, { username: 'alice', password: 'demo' });
      expect(right.leavesTo).toContain('code=');
    },
  );

  test('loginThroughForm throws when the login is rejected', async () => {
    const authorizationUrl = authorizationRequest(idp, site).url;
    await expect(loginThroughForm({ authorizationUrl, username: 'alice', password: 'no' })).rejects.toThrow(
      '401',
    );
  });

  test('the login form escapes names', async () => {
    const browser = createBrowser();
    const form = await browser.open(
      authorizationRequest(idp, site, { login_hint: '"><script>alert(1)</script>' }).url,
    );
    const again = await browser.submit(form, { username: '"><script>alert(2)</script>', password: 'x' });
    for (const { html } of [form, again]) {
      expect(html).not.toContain('<script');
      expect(html).toContain('&lt;script&gt;');
    }
  });

  test('the login form is prefilled with login_hint', async () => {
    const { html } = await createBrowser().open(authorizationRequest(idp, site, { login_hint: 'gina' }).url);
    expect(html).toContain('name="username" value="gina"');
  });

  test('the login form runs no scripts and is neither cached nor framed', async () => {
    const first = await fetch(authorizationRequest(idp, site).url, { redirect: 'manual' });
    const cookies = first.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    const form = await fetch(new URL(first.headers.get('location')!, idp.issuer), {
      headers: { Cookie: cookies.join('; ') },
    });
    expect(form.status).toBe(200);
    expect(form.headers.get('cache-control')).toBe('no-store');
    expect(form.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(form.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test('the login form is bound to the browser that started the login', async () => {
    const { url } = await createBrowser().open(authorizationRequest(idp, site).url);
    const page = await createBrowser().open(url);
    expect(page.status).toBe(400);
    expect(page.html).toContain('invalid_request');
  });

  test('the login form rejects a password of a megabyte with 401', async () => {
    const browser = createBrowser();
    const form = await browser.open(authorizationRequest(idp, site).url);
    const page = await browser.submit(form, { username: 'alice', password: 'x'.repeat(1_000_000) });
    expect(page.status).toBe(401);
  });
});

describe('prompt=none', () => {
  test('prompt=none without a session redirects the browser with login_required', async () => {
    const request = authorizationRequest(idp, site, { prompt: 'none' });
    const { leavesTo } = await createBrowser().open(request.url);
    expect(queryOf(leavesTo!)).toEqual({
      error: 'login_required',
      error_description: expect.any(String),
      state: request.state,
      iss: idp.issuer,
    });
  });

  test('prompt=none with a session returns a code for the same user and session, without a form', async () => {
    const browser = createBrowser();
    const before = authorizationRequest(idp, site);
    const login = { authorizationUrl: before.url, username: 'gina', password: 'demo', browser };
    const first = await redeem(idp, site, await loginThroughForm(login), before);
    const renewal = authorizationRequest(idp, site, { prompt: 'none', scope: 'openid profile email' });
    const { leavesTo } = await browser.open(renewal.url);
    const second = await redeem(idp, site, leavesTo!, renewal);
    const { sub, sid } = (await verified(idp, first.body.id_token)).claims;
    expect((await verified(idp, second.body.id_token)).claims).toMatchObject({
      sub,
      sid,
      nonce: renewal.nonce,
    });
  });

  test('prompt=none with a session logs in at a second client, without a form', async () => {
    const browser = createBrowser();
    const authorizationUrl = authorizationRequest(idp, site).url;
    await loginThroughForm({ authorizationUrl, username: 'gina', password: 'demo', browser });
    const request = authorizationRequest(idp, phone, { prompt: 'none' });
    const { leavesTo } = await browser.open(request.url);
    expect((await redeem(idp, phone, leavesTo!, request)).status).toBe(200);
  });
});
