import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createBrowser, demoAccounts, loginThroughForm, startDevIdp, type DevIdp } from '@bff/dev-idp';
import {
  clientErrors,
  clientFrom,
  ProviderUnavailable,
  type LoginOutcome,
  type RelyingPartyOptions,
} from '../../src/index.ts';
import { checkProvider } from '../../src/provider/check-provider.ts';
import { readClientKey } from '../../src/provider/client-key.ts';
import { silentLog } from '../world/log.ts';
import { partyOf } from '../world/relying-party.ts';

const redirectUri = 'http://app.example/auth/callback';
const folder = mkdtempSync(join(tmpdir(), 'client-key-'));
const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ed: generateKeyPairSync('ed25519'),
  secp256k1: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
};
function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

let idp: DevIdp;
const lines: unknown[] = [];
const log = silentLog((line) => lines.push(line));
beforeAll(async () => {
  idp = await startDevIdp({ clients: [{ client_id: 'web-bff', redirect_uris: [redirectUri] }] });
});
afterEach(async () => {
  lines.length = 0;
  idp.control.clearFaults();
  idp.control.resetCalls();
  await idp.control.setClient('web-bff', {
    token_endpoint_auth_method: 'client_secret_basic',
    token_endpoint_auth_signing_alg: undefined,
    jwks: undefined,
    require_pushed_authorization_requests: false,
  });
});
afterAll(async () => {
  await idp.close();
  rmSync(folder, { recursive: true });
});

const { userOfOneTenant: username } = demoAccounts;

const party = (options: Partial<RelyingPartyOptions> = {}) =>
  partyOf({ issuer: idp.issuer, clientSecret: 'web-bff-dev-secret', redirectUri, log, ...options });

async function logIn(options: Partial<RelyingPartyOptions>): Promise<LoginOutcome> {
  const one = party(options);
  const { url, login } = await one.begin({ returnTo: '/things' });
  const back = await loginThroughForm({
    authorizationUrl: url,
    username,
    password: 'demo',
    browser: createBrowser(),
  });
  return one.finish(new URL(back), login);
}

/** Returns the settings of an app with this key, as its configuration reads them. */
const withKey = (clientKeyFile: string) => ({
  clientSecret: undefined,
  ...clientFrom({
    clientAuthentication: 'private_key_jwt',
    clientKeyFile,
    pushedAuthorizationRequests: 'auto',
    authorizationParameters: undefined,
    passedParameters: [],
  }),
});

describe('F73 private_key_jwt (RFC 7523)', () => {
  const registered = async (key: KeyObject, alg: string, kid?: string) =>
    idp.control.setClient('web-bff', {
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: alg as 'RS256',
      jwks: { keys: [{ ...key.export({ format: 'jwk' }), alg, use: 'sig', ...(kid && { kid }) }] as never },
    });

  test.each([
    ['an RSA key in PEM', pairs.rsa, 'RS256', undefined],
    ['an EC key in PEM', pairs.ec, 'ES256', undefined],
    ['an Ed25519 key in PEM', pairs.ed, 'Ed25519', undefined],
    ['an RSA key in JWK with PS256', pairs.rsa, 'PS256', 'key-1'],
    ['an EC key in JWK', pairs.ec, 'ES256', 'key-2'],
  ])('a client logs in without a secret, with %s', async (_, pair, alg, kid) => {
    await registered(pair.publicKey, alg, kid);
    const jwk = { ...pair.privateKey.export({ format: 'jwk' }), alg, kid };
    const options = withKey(file('key', kid === undefined ? pem(pair.privateKey) : JSON.stringify(jwk)));
    expect(await logIn(options)).toMatchObject({ kind: 'logged-in', login: { subject: username } });
    const checks = await checkProvider({
      issuer: idp.issuer,
      clientId: 'web-bff',
      redirectUri,
      allowInsecure: true,
      ...options,
    });
    expect(checks).toContainEqual({ name: 'client authentication', result: 'ok', found: 'web-bff' });
  });

  test('a login with another client key is rejected, and the log names the setting but not the key', async () => {
    await registered(pairs.ec.publicKey, 'ES256');
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect(await logIn(withKey(file('other', pem(other))))).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(lines)).toContain('CLIENT_KEY_FILE');
    expect(JSON.stringify(lines)).not.toContain('PRIVATE KEY');
  });

  test.each([
    ['no content', ''],
    ['text that is not a key', 'a text that is a secret'],
    ['a public key', pairs.ec.publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['a public JWK', JSON.stringify(pairs.ec.publicKey.export({ format: 'jwk' }))],
    ['an incomplete JWK', '{"kty":"EC","d":"secret"'],
    ['a symmetric JWK', JSON.stringify({ kty: 'oct', k: 'c2VjcmV0' })],
    ['a key on a curve that cannot sign assertions', pem(pairs.secp256k1.privateKey)],
    [
      'an alg of another key type',
      JSON.stringify({ ...pairs.ec.privateKey.export({ format: 'jwk' }), alg: 'RS256' }),
    ],
    ['alg none', JSON.stringify({ ...pairs.ec.privateKey.export({ format: 'jwk' }), alg: 'none' })],
    ['alg __proto__', JSON.stringify({ ...pairs.ec.privateKey.export({ format: 'jwk' }), alg: '__proto__' })],
  ])('a client key file with %s is rejected at start, without being repeated in the error', (_, content) => {
    const faults = clientErrors({
      clientAuthentication: 'private_key_jwt',
      clientKeyFile: file('wrong', content),
    });
    expect(faults).toEqual([expect.stringMatching(/^CLIENT_KEY_FILE cannot be used: the key /)]);
    expect(faults.join()).not.toContain('secret');
    expect(() => readClientKey(content)).toThrow(TypeError);
  });

  test('settings of the client authentication that contradict each other are rejected at start', () => {
    expect(clientErrors({ clientAuthentication: 'private_key_jwt' }).join()).toContain(
      'CLIENT_KEY_FILE must be set',
    );
    expect(
      clientErrors({ clientAuthentication: 'private_key_jwt', clientKeyFile: join(folder, 'none') }),
    ).toHaveLength(1);
    expect(clientErrors({ clientAuthentication: 'basic' }).join()).toContain('CLIENT_SECRET must be set');
    expect(clientErrors({ clientAuthentication: 'post', clientSecret: 's' })).toEqual([]);
  });
});

describe('F73 pushed authorization requests (RFC 9126)', () => {
  test('a client logs in when the provider requires pushed authorization requests, and only a reference passes through the browser', async () => {
    await idp.control.setClient('web-bff', { require_pushed_authorization_requests: true });
    const one = party({ pushesAuthorizationRequests: true });
    const { url } = await one.begin();
    expect([...new URL(url).searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    expect(await logIn({ pushesAuthorizationRequests: true })).toMatchObject({ kind: 'logged-in' });
    expect(idp.control.calls().par).toBe(2);
  });

  test('pushed authorization requests are not used unless they are required or configured', async () => {
    expect(new URL((await party().begin()).url).searchParams.has('state')).toBe(true);
    expect(idp.control.calls().par).toBe(0);
  });

  test('a wrong client secret for a pushed authorization request makes the provider unavailable, and the log names the setting', async () => {
    const one = party({ pushesAuthorizationRequests: true, clientSecret: 'not-the-secret' });
    await expect(one.begin()).rejects.toBeInstanceOf(ProviderUnavailable);
    expect(lines).toEqual([expect.objectContaining({ setting: expect.stringContaining('CLIENT_SECRET') })]);
    expect(JSON.stringify(lines)).not.toContain('not-the-secret');
  });

  test.each(['error', 'hang'] as const)(
    'a pushed authorization endpoint with the fault "%s" makes the provider unavailable, and works afterwards',
    async (kind) => {
      const one = party({ pushesAuthorizationRequests: true, timeoutMs: 300 });
      idp.control.setFault({ endpoint: 'par', kind });
      await expect(one.begin()).rejects.toBeInstanceOf(ProviderUnavailable);
      idp.control.clearFaults();
      expect((await one.begin()).url).toContain('request_uri=');
    },
  );
});
