import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import { partnerScopes } from '../src/partner-scopes.ts';
import {
  createBrowser,
  InvalidControl,
  loginThroughForm,
  type DevIdp,
  type Endpoint,
  type Fault,
  type KeyState,
} from '../src/index.ts';
import {
  acmeErp,
  authorizationRequest,
  phone,
  redeem,
  requestToken,
  verified,
  site,
  type AuthorizationRequest,
} from './relying-party.ts';
import { startIdp } from './start-idp.ts';

const [oneScope = ''] = partnerScopes.split(' ');
let idp: DevIdp;
beforeAll(async () => {
  idp = await startIdp();
});
afterEach(() => {
  idp.control.clearFaults();
  idp.control.setClock(0);
  idp.control.resetCalls();
  idp.control.dropRetiredKeys();
});
afterAll(() => idp.close());

const grant = { grant_type: 'client_credentials' };
const now = (): number => Math.floor(Date.now() / 1000);

function control(method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(idp.issuer + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
}

const loginUrl = (request: AuthorizationRequest) => ({
  authorizationUrl: request.url,
  username: 'alice',
  password: 'demo',
});

describe('key rotation', () => {
  test('after a key rotation, tokens are signed with the new key, the old key is published until it is dropped, and sessions and codes stay valid', async () => {
    const browser = createBrowser();
    const request = authorizationRequest(idp, site);
    const callback = await loginThroughForm({ ...loginUrl(request), browser });
    const before = (await requestToken(idp, acmeErp, grant)).body.access_token;
    const { kid } = (await verified(idp, before)).header;

    const state = (await (await control('POST', '/__rotate')).json()) as KeyState;
    expect(state).toEqual({ signing: expect.not.stringMatching(String(kid)), retired: [kid] });

    const after = (await requestToken(idp, acmeErp, grant)).body.access_token;
    expect((await verified(idp, after)).header['kid']).toBe(state.signing);
    expect((await verified(idp, before)).header['kid']).toBe(kid);
    const { body } = await redeem(idp, site, callback, request);
    expect((await verified(idp, body.id_token)).header['kid']).toBe(state.signing);
    const renewal = authorizationRequest(idp, site, { prompt: 'none' });
    expect((await browser.open(renewal.url)).leavesTo).toContain('code=');

    expect(await (await control('POST', '/__rotate?drop=1')).json()).toEqual({
      signing: state.signing,
      retired: [],
    });
    expect((await verified(idp, after)).header['kid']).toBe(state.signing);
    await expect(verified(idp, before)).rejects.toThrow('no published key of that kid');
  });

  test('after two key rotations, the provider publishes three keys', async () => {
    const first = await idp.control.rotateKeys();
    const second = await idp.control.rotateKeys();
    expect(second.retired).toEqual([first.signing, ...first.retired]);
    const { keys } = (await (await fetch(`${idp.issuer}/jwks`)).json()) as { keys: { kid: string }[] };
    expect(keys.map(({ kid }) => kid)).toEqual([second.signing, ...second.retired]);
  });

  test('key rotations fail no concurrent request', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        if (index % 10 === 5) await idp.control.rotateKeys();
        const { body } = await requestToken(idp, acmeErp, grant);
        return (await verified(idp, body.access_token)).claims['sub'];
      }),
    );
    expect(new Set(answers)).toEqual(new Set(['acme-erp']));
  });
});

describe('the clock of the provider', () => {
  test.each([3600, -3600])(
    'a clock that is off by %d seconds affects every token, and nothing outside of the provider',
    async (offset_seconds) => {
      const before = now();
      const expected = before + offset_seconds;
      expect((await control('PUT', '/__clock', { offset_seconds })).status).toBe(204);
      const request = authorizationRequest(idp, site);
      const { body } = await redeem(idp, site, await loginThroughForm(loginUrl(request)), request);
      const { body: partner } = await requestToken(idp, acmeErp, grant);
      const { access_token: dev } = idp.control.devToken({ user: 'bob', audience: 'site' });
      for (const token of [body.id_token, partner.access_token, dev]) {
        const { iat, exp } = (await verified(idp, token)).claims;
        expect(Math.abs(iat - expected)).toBeLessThanOrEqual(5);
        expect(exp).toBeGreaterThan(iat);
      }
      expect(now() - before).toBeLessThanOrEqual(5);
      expect(now()).toBeGreaterThanOrEqual(before);
    },
  );

  test('the clock of a provider does not affect a second provider in the process', async () => {
    const other = await startIdp();
    const before = now();
    idp.control.setClock(86_400);
    const { body } = await requestToken(other, acmeErp, grant);
    const { claims } = await verified(other, body.access_token);
    await other.close();
    expect(Math.abs(claims.iat - before)).toBeLessThanOrEqual(5);
  });

  test('the clock of the provider applies to stored data, so that a code expires after a minute', async () => {
    const request = authorizationRequest(idp, site);
    const callback = await loginThroughForm(loginUrl(request));
    idp.control.setClock(61);
    expect((await redeem(idp, site, callback, request)).body.error).toBe('invalid_grant');
  });

  test('the offset 0 resets the clock of the provider', async () => {
    idp.control.setClock(86_400);
    idp.control.setClock(0);
    const { body } = await requestToken(idp, acmeErp, grant);
    expect(Math.abs((await verified(idp, body.access_token)).claims.iat - now())).toBeLessThanOrEqual(5);
  });
});

describe('a fault of the provider', () => {
  const addresses: readonly (readonly [Endpoint, string, string])[] = [
    ['discovery', 'GET', '/.well-known/openid-configuration'],
    ['jwks', 'GET', '/jwks'],
    ['authorize', 'GET', '/auth'],
    ['login', 'GET', '/interaction/x'],
    ['login', 'GET', '/auth/x'],
    ['token', 'POST', '/token'],
    ['userinfo', 'GET', '/me'],
    ['logout', 'GET', '/session/end'],
    ['logout', 'POST', '/session/end/confirm'],
    ['par', 'POST', '/request'],
    ['device_authorization', 'POST', '/device/auth'],
    ['device', 'GET', '/device'],
  ];

  test.each(addresses)(
    'a fault of kind error at the endpoint %s answers %s %s with the status of the fault',
    async (endpoint, method, path) => {
      idp.control.setFault({ endpoint, kind: 'error', status: 521 });
      const response = await fetch(idp.issuer + path, { method });
      expect(response.status).toBe(521);
      expect(await response.json()).toEqual({ error: 'server_error', error_description: 'simulated fault' });
      const untouched = endpoint === 'jwks' ? '/.well-known/openid-configuration' : '/jwks';
      expect((await fetch(idp.issuer + untouched)).status).toBe(200);
    },
  );

  test('a fault at * affects all endpoints without a fault of their own, except the control endpoints, and can be cleared', async () => {
    await control('PUT', '/__faults', { endpoint: '*', kind: 'error' });
    await control('PUT', '/__faults', { endpoint: 'jwks', kind: 'error', status: 500 });
    expect((await requestToken(idp, acmeErp, grant)).status).toBe(503);
    expect((await fetch(`${idp.issuer}/jwks`)).status).toBe(500);
    expect(await (await control('GET', '/__faults')).json()).toEqual([
      { endpoint: '*', kind: 'error' },
      { endpoint: 'jwks', kind: 'error', status: 500 },
    ]);
    expect((await control('DELETE', '/__faults')).status).toBe(204);
    expect((await requestToken(idp, acmeErp, grant)).status).toBe(200);
  });

  test('an endpoint with a fault of kind hang never answers', async () => {
    idp.control.setFault({ endpoint: 'token', kind: 'hang' });
    const response = fetch(`${idp.issuer}/token`, { method: 'POST', signal: AbortSignal.timeout(100) });
    await expect(response).rejects.toThrow('timeout');
    expect(idp.control.calls().token).toBe(1);
  });

  test('a fault of kind latency delays the answer', async () => {
    idp.control.setFault({ endpoint: 'token', kind: 'latency', ms: 80 });
    const begun = performance.now();
    expect((await requestToken(idp, acmeErp, grant)).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(79);
  });

  test('a fault does not delay closing the provider', async () => {
    const closing = await startIdp();
    closing.control.setFault({ endpoint: 'token', kind: 'hang' });
    closing.control.setFault({ endpoint: 'jwks', kind: 'latency', ms: 60_000 });
    const cut = ['/token', '/jwks'].map((path) => fetch(closing.issuer + path).catch(() => 'cut'));
    const arrived = (): number => closing.control.calls().token + closing.control.calls().jwks;
    await until(() => arrived() >= 2);
    await closing.close();
    expect(await Promise.all(cut)).toEqual(['cut', 'cut']);
  });

  test.each([
    ['with an unknown endpoint', { endpoint: 'moon', kind: 'error' }],
    ['of an unknown kind', { endpoint: 'token', kind: 'boom' }],
    ['with a status that is not an error', { endpoint: 'token', kind: 'error', status: 200 }],
    ['with a status beyond HTTP', { endpoint: 'token', kind: 'error', status: 600 }],
    ['with a negative time', { endpoint: 'token', kind: 'latency', ms: -1 }],
    ['with a time that is not a number', { endpoint: 'token', kind: 'latency', ms: 'long' }],
    ['without members', {}],
  ])('a fault %s is rejected', async (_circumstance, fault) => {
    const response = await control('PUT', '/__faults', fault);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
    expect(() => idp.control.setFault(fault as unknown as Fault)).toThrow(InvalidControl);
    expect(idp.control.faults()).toEqual([]);
  });
});

describe('the counts of calls', () => {
  test('the counts show one authorization request, its form and one token call for a login', async () => {
    const none = idp.control.calls();
    expect(new Set(Object.values(none))).toEqual(new Set([0]));
    const request = authorizationRequest(idp, site);
    const callback = await loginThroughForm(loginUrl(request));
    expect(idp.control.calls()).toEqual({ ...none, authorize: 1, login: 3 });
    const { body } = await redeem(idp, site, callback, request);
    await verified(idp, body.id_token);
    expect(await (await control('GET', '/__calls')).json()).toEqual({
      ...none,
      authorize: 1,
      login: 3,
      token: 1,
      jwks: 1,
    });
    expect((await control('DELETE', '/__calls')).status).toBe(204);
    expect(idp.control.calls()).toEqual(none);
  });

  test('the counts include calls that were answered by a fault', async () => {
    idp.control.setFault({ endpoint: 'jwks', kind: 'error' });
    await fetch(`${idp.issuer}/jwks`);
    expect(idp.control.calls().jwks).toBe(1);
  });
});

describe('the clients of the provider', () => {
  test('a client can get other redirect addresses while the provider runs', async () => {
    const moved = { ...phone, redirectUri: 'http://127.0.0.1:49152/oauth/callback' };
    const request = authorizationRequest(idp, moved);
    expect((await createBrowser().open(request.url)).status).toBe(400);
    await idp.control.setRedirectUris('phone', [moved.redirectUri]);
    const callback = await loginThroughForm(loginUrl(request));
    expect(callback).toContain(`${moved.redirectUri}?code=`);
    const { body } = await redeem(idp, moved, callback, request);
    // `sid` is issued only to clients with a back-channel address: members not named by the change are kept.
    expect((await verified(idp, body.id_token)).claims['sid']).toEqual(expect.any(String));
  });

  test('a client can be added over HTTP', async () => {
    const metadata = {
      client_secret: 's3cret',
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      scope: oneScope,
      tid: 'globex',
    };
    expect((await control('PUT', '/__clients/new%20partner', metadata)).status).toBe(204);
    const { body } = await requestToken(idp, { id: 'new partner', secret: 's3cret' }, grant);
    const { claims } = await verified(idp, body.access_token);
    expect(claims).toMatchObject({ client_id: 'new partner', tid: 'globex', scope: oneScope });
  });

  test.each([
    ['redirect_uris', 'nowhere'],
    ['redirect_uris', []],
    ['token_endpoint_auth_method', 'guess'],
  ])('a client is unchanged after an invalid %s %j was rejected', async (name, value) => {
    const response = await control('PUT', '/__clients/site', { [name]: value });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error_description: expect.stringContaining(name) });
    const page = await createBrowser().open(authorizationRequest(idp, site).url);
    expect(page.html).toContain('Sign in to site');
  });

  test('the provider does not start with an invalid client', async () => {
    await expect(startIdp({ clients: [{ client_id: 'site', redirect_uris: ['nowhere'] }] })).rejects.toThrow(
      'client site',
    );
  });
});

describe('GET /dev/token', () => {
  test.each([
    ['alice', 'site', 'acme', ['user', 'admin']],
    ['max', 'partner-bff', ['acme', 'globex'], ['user']],
  ])(
    'GET /dev/token issues for %s, without a login, an RFC 9068 token with the audience %s',
    async (user, audience, tid, roles) => {
      const response = await fetch(`${idp.issuer}/dev/token?${new URLSearchParams({ user, audience })}`);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const answer = (await response.json()) as { access_token: string };
      expect(answer).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3600,
      });
      const { header, claims } = await verified(idp, answer.access_token);
      expect(header).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) });
      expect(claims).toEqual({
        iss: idp.issuer,
        aud: audience,
        sub: user,
        client_id: 'dev',
        tid,
        roles,
        jti: expect.any(String),
        iat: expect.any(Number),
        exp: claims.iat + 3600,
        scope: partnerScopes,
      });
    },
  );

  test('GET /dev/token grants exactly the requested scope, which may be empty', async () => {
    for (const scope of [oneScope, '']) {
      const response = await fetch(
        `${idp.issuer}/dev/token?${new URLSearchParams({ user: 'bob', audience: 'partner-bff', scope })}`,
      );
      const { access_token } = (await response.json()) as { access_token: string };
      expect((await verified(idp, access_token)).claims['scope']).toBe(scope);
    }
  });

  test.each(['', '?user=alice', '?audience=site', '?user=mallory&audience=site'])(
    'GET /dev/token with the query "%s" is rejected',
    async (query) => {
      expect((await control('GET', `/dev/token${query}`)).status).toBe(400);
    },
  );
});

describe('the control endpoints', () => {
  /** Node's own client, because fetch allows neither Host nor Origin. */
  async function raw(path: string, headers: Record<string, string>) {
    const { port } = new URL(idp.issuer);
    const outgoing = httpRequest({ host: '127.0.0.1', port, path, headers }).end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { status: response.statusCode, body: await text(response) };
  }

  test.each([
    ['calls of a page of another origin', { origin: 'http://evil.example' }],
    ['calls of a sandboxed page', { origin: 'null' }],
    ['calls to a name that resolves to loopback', { host: 'rebound.evil.example:4000' }],
    ['calls to a name that looks like loopback', { host: '127.0.0.1.evil.example' }],
  ])('the control endpoints reject %s', async (_circumstance, headers: Record<string, string>) => {
    for (const path of ['/dev/token?user=alice&audience=site', '/__calls']) {
      const { status, body } = await raw(path, headers);
      expect(status).toBe(403);
      expect(body).not.toContain('access_token');
    }
  });

  test.each(['localhost:4000', '127.0.0.1', '[::1]:4000'])(
    'the control endpoints answer calls to the host %s',
    async (host) => {
      expect((await raw('/__calls', { host })).status).toBe(200);
    },
  );

  test.each([
    ['POST', '/__calls', 405, 'GET, DELETE'],
    ['GET', '/__rotate', 405, 'POST'],
    ['GET', '/__nothing', 404, null],
    ['GET', '/__proto__', 404, null],
    ['GET', '/dev/', 404, null],
  ])('the control endpoints answer %s %s with %d', async (method, path, status, allow) => {
    const response = await control(method, path);
    expect(response.status).toBe(status);
    expect(response.headers.get('allow')).toBe(allow);
  });

  test.each(['', 'null', '[]', '{', '"x"', '{"offset_seconds":"1"}', '{"offset_seconds":null}', '{}'])(
    'PUT /__clock with the invalid body %j is answered with 400',
    async (body) => {
      const response = await fetch(`${idp.issuer}/__clock`, { method: 'PUT', body });
      expect(response.status).toBe(400);
    },
  );

  test('a control request with a body over 16 KiB is answered with 400', async () => {
    const response = await control('PUT', '/__clock', { offset_seconds: 1, padding: 'x'.repeat(20_000) });
    expect(response.status).toBe(400);
  });
});
