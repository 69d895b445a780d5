import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkProvider } from '@bff/auth-delegation';
import { demoAccounts } from '@bff/dev-idp';
import { startProcess, startWorld, type World } from '@bff/demo-world';
import { freePort, selfSignedCertificate } from '@bff/testbed';
import { relyingPartyOf } from '../../src/authentication.ts';
import { readConfig } from '../../src/config.ts';
import { startFakeProvider, type FakeProvider } from '../login/fake-provider.ts';
import { addressAt } from '../rig.ts';
import { createWebBrowser } from '../web-browser.ts';

type Environment = Readonly<Record<string, string>>;

/** A misconfiguration and the settings or claims that cause it. */
interface WrongSetting {
  readonly title: string;
  readonly settings?: () => Environment;
  /** Claims of an ID token signed by the fake provider; undefined uses the real one. */
  readonly claims?: (now: number) => Readonly<Record<string, unknown>>;
}

const folder = mkdtempSync(join(tmpdir(), 'wrong-settings-'));
const keyFile = join(folder, 'other.pem');
const tenantsFile = join(folder, 'tenants.json');
let world: World;
let fake: FakeProvider;
let tls: Server;
let base: Environment;
let closed: string;

const wrong: readonly WrongSetting[] = [
  { title: '`ISSUER` with an extra slash at the end', settings: () => ({ ISSUER: `${world.idp.issuer}/` }) },
  { title: '`ISSUER` with another host name of the provider', settings: () => ({ ISSUER: world.idp.issuer.replace('127.0.0.1', 'localhost') }) },
  { title: '`ISSUER` with a wrong path', settings: () => ({ ISSUER: `${world.idp.issuer}/realms/none` }) },
  { title: '`ISSUER` with https on a port that serves http', settings: () => ({ ISSUER: world.idp.issuer.replace('http:', 'https:') }) },
  { title: '`ISSUER` with a port on which nothing listens', settings: () => ({ ISSUER: closed }) },
  { title: '`ISSUER` with a host that does not exist', settings: () => ({ ISSUER: 'https://provider.invalid' }) },
  { title: '`PROVIDER_URL` with a port on which nothing listens', settings: () => ({ PROVIDER_URL: closed }) },
  { title: 'no `PROVIDER_CA_FILE` for a private certificate authority', settings: () => ({ PROVIDER_URL: `https://127.0.0.1:${(tls.address() as AddressInfo).port}` }) },
  { title: '`CLIENT_ID` that the provider does not know', settings: () => ({ CLIENT_ID: 'nobody' }) },
  { title: '`CLIENT_SECRET` of another client', settings: () => ({ CLIENT_SECRET: 'not-the-secret' }) },
  { title: '`CLIENT_KEY_FILE` that the provider does not know', settings: () => ({ CLIENT_AUTHENTICATION: 'private_key_jwt', CLIENT_KEY_FILE: keyFile }) },
  { title: '`PUBLIC_URL` that is not registered at the provider', settings: () => ({ PUBLIC_URL: closed }) },
  { title: '`SCOPE` with a scope that the client may not request', settings: () => ({ CLIENT_ID: 'narrow' }) },
  { title: '`AUTHORIZATION_PARAMETERS` with a parameter that web-bff sets itself', settings: () => ({ AUTHORIZATION_PARAMETERS: 'prompt=none' }) },
  { title: '`TENANT_CLAIM` that the provider does not send', settings: () => ({ TENANT_CLAIM: 'organization' }) },
  { title: '`TENANTS_FILE` without the tenant of the user', settings: () => ({ TENANTS_FILE: tenantsFile }) },
  { title: '`SUBJECT_CLAIM` that the provider does not send', settings: () => ({ SUBJECT_CLAIM: 'employee' }) },
  { title: '`ROLES_CLAIM` that is not a list', claims: () => ({ roles: { admin: true } }) },
  { title: '`TRUSTED_AUDIENCES` without an audience of the token', claims: () => ({ aud: ['web-bff', 'project'], azp: 'web-bff' }) },
  { title: '`MAX_TOKEN_BYTES` below the size of the token', claims: () => ({ note: 'x'.repeat(20_000) }) },
  { title: 'a clock of this machine that is an hour ahead', claims: (now) => ({ iat: now - 3_600, exp: now - 3_300 }) },
  { title: 'a clock of this machine that is an hour behind', claims: (now) => ({ iat: now + 3_600, exp: now + 3_900 }) },
]; // prettier-ignore

beforeAll(async () => {
  [world, fake] = await Promise.all([startWorld(), startFakeProvider()]);
  base = {
    ...world.env,
    ...(await addressAt(world)),
    REVALIDATION_SECONDS: '0',
    WARM_UP_MS: '0',
    LOG_LEVEL: 'warn',
  };
  closed = `http://127.0.0.1:${await freePort()}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(keyFile, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  writeFileSync(
    tenantsFile,
    JSON.stringify({ tenants: [{ id: 'elsewhere', name: 'Elsewhere', status: 'active', fields: {} }] }),
  );
  await world.idp.control.setClient('narrow', {
    client_secret: 'web-bff-dev-secret',
    redirect_uris: [`${base['PUBLIC_URL']}/auth/callback`],
    scope: 'openid',
  });
  tls = createServer(selfSignedCertificate(folder, 'ca', 'IP:127.0.0.1')).unref();
  tls.listen(0, '127.0.0.1');
  await once(tls, 'listening');
}, 60_000);
afterAll(async () => {
  tls.close();
  fake.close();
  await world.close();
  rmSync(folder, { recursive: true });
});

/** Returns the page that a user sees after a login. */
async function loginAt(url: string, { claims }: WrongSetting): Promise<string> {
  const browser = createWebBrowser(url);
  const page = { 'Sec-Fetch-Mode': 'navigate' };
  const begun = await browser.navigate('/auth/login?return_to=/', page);
  const address = begun.headers['location'];
  if (address === undefined) return `login ${begun.status}`;
  if (claims) {
    const changes = claims(Math.floor(Date.now() / 1000));
    const idToken = fake.sign({ alg: 'RS256', kid: 'k1' }, fake.idClaims(address, changes), 'rsa');
    return `callback ${(await fake.finish(browser, address, idToken, page)).status}`;
  }
  const callback = await browser.signIn(address).catch(() => undefined);
  return callback === undefined
    ? 'an error page of the provider'
    : `callback ${(await browser.navigate(callback, page)).status}`;
}

async function checkedBy(env: Environment, { claims }: WrongSetting): Promise<string> {
  const { userOfOneTenant: user } = demoAccounts;
  const sampleToken = claims
    ? fake.sign({ alg: 'RS256', kid: 'k1' }, { iss: fake.issuer, tid: 'a', sub: 'u', ...claims(0) }, 'rsa')
    : world.idp.control.devToken({ user, audience: 'web-bff' }).access_token;
  const checks = await checkProvider({ ...relyingPartyOf(readConfig(env)), sampleToken });
  return checks
    .filter(({ result }) => result === 'failed')
    .map(({ name, found }) => `${name}: ${found}`)
    .join('<br>');
}

interface Line {
  readonly msg: string;
  readonly reason: string;
  readonly setting?: string;
  readonly expected?: string;
  readonly found?: string;
}

const worded = ({ msg, reason, setting, expected, found }: Line): string =>
  [
    `${msg}: ${reason}`,
    ...(found === undefined ? [] : [`found ${found}`]),
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(setting === undefined ? [] : [`see ${setting}`]),
  ].join('; ');

/** Formats a row of the table in the document. */
async function rowOf(one: WrongSetting): Promise<string> {
  const env = { ...base, ...(one.claims && { ISSUER: fake.issuer }), ...one.settings?.() } as Environment;
  const url = `http://127.0.0.1:${env['PORT']}`;
  const lines: string[] = [];
  const main = resolve(import.meta.dirname, '../../src/main.ts');
  const app = startProcess({ name: 'web-bff', command: [main], env, readyUrl: `${url}/problems/` }, (line) =>
    lines.push(line),
  );
  let seen: string;
  let checked = '';
  try {
    await app.ready;
    seen = await loginAt(url, one);
    checked = await checkedBy(env, one);
  } catch (error) {
    if (!(error as Error).message.includes('the configuration has')) throw error;
    seen = 'does not start';
  } finally {
    await app.stop();
  }
  const logged = lines.map((line) => (line.startsWith('{') ? worded(JSON.parse(line) as Line) : line.trim()));
  return `| ${[one.title, seen, ...[logged.join('<br>'), checked].map(named)].join(' | ')} |`;
}

/** Replaces the addresses of this run by those of the document. */
const named = (text: string): string =>
  text
    .replaceAll(`${world.idp.issuer.replace('127.0.0.1', 'localhost')}`, 'https://sso.example')
    .replaceAll(world.idp.issuer, 'https://id.example')
    .replaceAll(world.idp.issuer.replace('http:', 'https:'), 'https://id.example')
    .replaceAll(closed, 'https://other.example')
    .replaceAll(base['PUBLIC_URL'] ?? '', 'https://web.example')
    .replaceAll(`"${demoAccounts.userOfOneTenant}"`, '"jane"')
    .replaceAll(`found ${demoAccounts.tenant};`, 'found my-tenant;')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'id.example');

/** Removes the spaces that align the columns. */
const unpadded = (row: string): string => row.replaceAll(/ +\|/g, ' |').replaceAll(/\| +/g, '| ');
/** Replaces the name of the app, because the page describes one app and this test may be copied to another. */
const ofAnyApp = (row: string): string =>
  row
    .replaceAll(/\b[a-z]+-bff\b/g, 'the BFF')
    .replaceAll(/https:\/\/[a-z]+\.example\/auth\//g, 'https://bff.example/auth/');

test('F69 docs/identity-providers.md states for each misconfiguration what the user sees, what is logged and what --check-provider reports', async () => {
  const rows: string[] = [];
  for (const one of wrong) rows.push(await rowOf(one));
  const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/identity-providers.md'), 'utf8');
  const [, table = ''] = /<!-- wrong-settings -->\n([^]*?)<!-- \/wrong-settings -->/.exec(page) ?? [];
  const told = table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((row) => ofAnyApp(unpadded(row)));
  expect(told).toEqual(rows.map((row) => ofAnyApp(unpadded(row))));
}, 180_000);
