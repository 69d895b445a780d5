import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createMemoryStore } from '@bff/service-kit';
import { freePort, selfSignedCertificate } from '@bff/testbed';
import { createRelyingParty } from '../../src/index.ts';
import { checkProvider, type ProviderCheck } from '../../src/provider/check-provider.ts';
import { publicJwk, signed } from '../world/forge.ts';
import { silentLog } from '../world/log.ts';
import { sentBack, startIssuer, type TestIssuer } from '../world/test-issuer.ts';

let idp: TestIssuer;
/** The same provider with a TLS certificate of an unknown authority. */
let tls: Server;
let tlsUrl: string;
let closedPort: number;
const folder = mkdtempSync(join(tmpdir(), 'provider-'));
const ca = join(folder, 'ca.crt');

beforeAll(async () => {
  idp = await startIssuer('RS256');
  closedPort = await freePort();
  const { cert, key } = selfSignedCertificate(folder, 'ca', 'IP:127.0.0.1');
  tls = createServer({ key, cert }, (request, response) => {
    void fetch(idp.issuer + request.url).then(async (answer) => {
      const text = (await answer.text()).replaceAll(idp.issuer, tlsUrl);
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(text);
    });
  }).unref();
  tls.listen(0, '127.0.0.1');
  await once(tls, 'listening');
  tlsUrl = `https://127.0.0.1:${(tls.address() as AddressInfo).port}`;
});
afterAll(async () => {
  tls.closeAllConnections();
  tls.close();
  await idp.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  idp.metadata = {};
  idp.authorize = sentBack;
  idp.tokenAnswer = { status: 400, body: { error: 'invalid_grant' } };
});

const settings = (changes: object = {}) => ({
  issuer: idp.issuer,
  clientId: 'web-bff',
  clientSecret: 'the-secret',
  redirectUri: 'https://app.example/auth/callback',
  allowInsecure: true,
  timeoutMs: 1_000,
  ...changes,
});

/** Returns what a login logs. */
async function loggedBy(changes: object): Promise<unknown[]> {
  const lines: unknown[] = [];
  const log = silentLog((line) => lines.push(line));
  const party = createRelyingParty({ ...settings(changes), replayStore: createMemoryStore(), log });
  for (let attempt = 0; attempt < 3; attempt++) await party.begin().catch(() => undefined);
  return lines;
}
const failures = (checks: readonly ProviderCheck[]) =>
  checks.filter(({ result }) => result === 'failed').map(({ name, found }) => `${name}: ${found}`);

describe('F69 a wrong setting', () => {
  const cases: readonly (readonly [string, () => object, object, string])[] = [
    ['an issuer with an additional slash', () => ({ issuer: `${idp.issuer}/` }), { setting: 'ISSUER', reason: 'issuer' }, 'ISSUER'],
    ['another issuer', () => ((idp.metadata = { issuer: 'https://other.example' }), {}), { setting: 'ISSUER', found: 'https://other.example' }, 'https://other.example'],
    ['an issuer with an unknown realm', () => ({ issuer: `${idp.issuer}/realms/none` }), { setting: 'ISSUER', found: 'status 404' }, 'status 404'],
    ['an issuer with https instead of http', () => ({ issuer: idp.issuer.replace('http', 'https') }), { setting: 'ISSUER', found: 'http' }, 'no TLS'],
    ['an issuer at a closed port', () => ({ issuer: `http://127.0.0.1:${closedPort}` }), { setting: 'ISSUER, PROVIDER_URL', found: 'ECONNREFUSED' }, 'ECONNREFUSED'],
    ['an issuer at a port that fetch blocks', () => ({ issuer: 'http://127.0.0.1:9' }), { setting: 'ISSUER, PROVIDER_URL', found: 'bad port' }, 'bad port'],
    ['an issuer at an unknown host', () => ({ issuer: 'https://provider.invalid' }), { setting: 'ISSUER, PROVIDER_URL' }, 'not reachable'],
    ['an issuer whose certificate authority is not trusted', () => ({ issuer: tlsUrl }), { setting: 'PROVIDER_CA_FILE' }, 'PROVIDER_CA_FILE'],
  ]; // prettier-ignore

  test.each(cases)(
    'the wrong setting "%s" is logged once, with the setting, and check-provider reports it',
    async (_, change, line, word) => {
      const changes = change();
      const lines = await loggedBy(changes);
      expect(lines).toEqual([expect.objectContaining(line)]);
      expect(failures(await checkProvider(settings(changes))).join()).toContain(word);
    },
  );

  test.each(['invalid_client', 'unauthorized_client'])(
    'check-provider reports a client that the provider rejects with %s',
    async (error) => {
      idp.tokenAnswer = { status: 400, body: { error } };
      expect(failures(await checkProvider(settings()))).toEqual([
        expect.stringMatching(/^client authentication: .*CLIENT_SECRET/),
      ]);
    },
  );

  test.each([
    [
      'a redirect URI that the provider does not know',
      () => ({ status: 400 }),
      'status 400 to https://app.example/auth/callback; see PUBLIC_URL, CLIENT_ID',
    ],
    [
      'a scope that the client may not have',
      (request) => sentBack(request, 'invalid_scope'),
      'refused by the provider; found invalid_scope; see SCOPE',
    ],
  ] as readonly (readonly [string, TestIssuer['authorize'], string])[])(
    'for %s, check-provider reports a failed redirect with the settings to check',
    async (_, authorize, found) => {
      idp.authorize = authorize;
      expect(failures(await checkProvider(settings()))).toEqual([`redirect address: ${found}`]);
    },
  );

  test('when the provider shows an error page, check-provider reports that the redirect URI cannot be checked', async () => {
    idp.authorize = () => ({ status: 200 });
    const checks = await checkProvider(settings());
    expect(checks).toContainEqual({
      name: 'redirect address',
      result: 'warning',
      found: expect.stringContaining('see PUBLIC_URL, CLIENT_ID'),
    });
  });

  test('check-provider reports a sample token that is malformed, or whose tenant or roles cannot be read', async () => {
    const token = (claims: object) => signed(idp.key, {}, { iss: idp.issuer, sub: 'u1', ...claims });
    expect(failures(await checkProvider(settings({ sampleToken: token({ org: 't1' }) }))).join()).toContain(
      'TENANT_CLAIM',
    );
    expect(
      failures(await checkProvider(settings({ sampleToken: token({ tid: 't1', roles: {} }) }))).join(),
    ).toContain('claim roles');
    expect(failures(await checkProvider(settings({ sampleToken: token({ tid: 't1' }) })))).toEqual([]);
    expect(failures(await checkProvider(settings({ sampleToken: 'not a token' })))).toHaveLength(1);
  });

  test('check-provider reports that the provider offers no accepted algorithm, and a key set without keys', async () => {
    idp.metadata = { id_token_signing_alg_values_supported: ['HS256'] };
    expect(failures(await checkProvider(settings())).join()).toContain('HS256');
    idp.keys = [];
    expect(failures(await checkProvider(settings())).join()).toContain('keys');
    idp.keys = [publicJwk(idp.key)];
  });

  test('when nothing is wrong, every line of check-provider states what was found, without a secret', async () => {
    const checks = await checkProvider(settings());
    expect(failures(checks)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      'discovery',
      'authorization endpoint',
      'token endpoint',
      'end session endpoint',
      'revocation endpoint',
      'refresh tokens',
      'back-channel logout',
      'signature algorithms',
      'keys',
      'client authentication',
      'redirect address',
      'clock',
    ]);
    expect(JSON.stringify(checks)).not.toContain('the-secret');
  });

  test('check-provider reports a wrong clock', async () => {
    const checks = await checkProvider(settings({ now: () => Date.now() + 120_000 }));
    expect(failures(checks).join()).toMatch(/clock: 1(19|20|21) s ahead of the provider/);
  });
});

describe('F32 a provider that may let users choose their tenant', () => {
  const warnings = async (changes: object = {}) =>
    (await checkProvider(settings(changes))).filter(
      ({ name, result }) => result === 'warning' && /_CLAIM|registration/.test(name),
    );

  test('check-provider reports nothing for the default claims and a provider without registration', async () => {
    idp.metadata = { prompt_values_supported: ['none', 'login', 'consent'] };
    await expect(warnings()).resolves.toEqual([]);
    idp.metadata = { prompt_values_supported: 'create' };
    await expect(warnings()).resolves.toEqual([]);
  });

  test('check-provider reports a provider with open registration', async () => {
    idp.metadata = { prompt_values_supported: ['none', 'login', 'create'] };
    await expect(warnings()).resolves.toEqual([
      expect.objectContaining({ name: 'registration', found: expect.stringContaining('tid') }),
    ]);
  });

  test.each([
    ['TENANT_CLAIM', { tenants: 'locale' }],
    ['ROLES_CLAIM', { roles: 'https://app.example/user_metadata/roles' }],
    ['PERMISSIONS_CLAIM', { permissions: 'custom:permissions' }],
    ['SUBJECT_CLAIM', { subject: 'email' }],
  ])('check-provider reports %s when it names a claim that users can edit', async (name, claimNames) => {
    await expect(warnings({ claimNames })).resolves.toEqual([expect.objectContaining({ name })]);
  });
});

test('F66 with PROVIDER_CA_FILE, a user logs in at a provider with a certificate of a private authority', async () => {
  const party = createRelyingParty({
    ...settings({ issuer: tlsUrl, allowInsecure: false, providerCa: readFileSync(ca) }),
    replayStore: createMemoryStore(),
  });
  expect((await party.begin()).url).toContain(`${tlsUrl}/authorize`);
});

test('F65 with PROVIDER_URL, this process calls the internal address of the provider, while browsers and tokens use ISSUER', async () => {
  const outer = 'http://id.example';
  idp.metadata = {
    issuer: outer,
    authorization_endpoint: `${outer}/authorize`,
    token_endpoint: `${outer}/token`,
    jwks_uri: `${outer}/jwks`,
  };
  const changes = { issuer: outer, providerUrl: idp.issuer };
  const party = createRelyingParty({ ...settings(changes), replayStore: createMemoryStore() });
  const { url, login } = await party.begin();
  expect(url).toContain(`${outer}/authorize`);
  idp.tokenAnswer = undefined;
  const seconds = Math.floor(Date.now() / 1000);
  idp.idToken = () =>
    signed(
      idp.key,
      {},
      {
        iss: outer,
        aud: 'web-bff',
        sub: 'u1',
        nonce: login.nonce,
        tid: 't1',
        iat: seconds,
        exp: seconds + 60,
      },
    );
  const callback = new URL('https://app.example/auth/callback');
  callback.search = String(new URLSearchParams({ state: login.state, code: 'c', iss: outer }));
  expect(await party.finish(callback, login)).toMatchObject({ kind: 'logged-in', login: { issuer: outer } });
});
