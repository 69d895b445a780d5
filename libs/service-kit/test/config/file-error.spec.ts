import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { selfSignedCertificate } from '@bff/testbed';
import {
  ratio,
  readSettings,
  readTls,
  SettingsError,
  text,
  tlsErrors,
  tlsSettings,
  type Setting,
} from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'pem-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
for (const name of ['ours', 'other']) selfSignedCertificate(folder, name);
writeFileSync(path('empty'), '');
writeFileSync(
  path('encrypted.key'),
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
  }).privateKey,
);

function errorsOf(
  settings: Readonly<Record<string, Setting>>,
  env: Readonly<Record<string, string>>,
): readonly string[] {
  try {
    readSettings(settings, env, (values) => tlsErrors('peer', values));
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.errors;
    throw error;
  }
}

const settings = tlsSettings('peer', 'the peer');
const pair = (name: string) => ({ PEER_CERT_FILE: path(`${name}.crt`), PEER_KEY_FILE: path(`${name}.key`) });
const about = {
  ca: 'PEM file of the authorities of the peer; unset: those of the system',
  key: 'PEM file of the key of our client certificate for the peer',
};

/** Runs as a user without root's privileges, because file permissions do not bind root. */
function asUser<T>(work: () => T): T {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_532);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('TLS settings of a peer', () => {
  test('readTls returns the contents of the certificate, key and authorities files', () => {
    const env = { ...pair('ours'), PEER_CA_FILE: path('other.crt') };
    const tls = readTls('peer', readSettings(settings, env));
    expect(Object.keys(tls ?? {})).toEqual(['ca', 'cert', 'key']);
    expect(String(tls?.key)).toContain('PRIVATE KEY');
    expect(errorsOf(settings, env)).toEqual([]);
  });

  test('readTls returns only the authorities when no other file is set, and undefined when no file is set', () => {
    const env = { PEER_CA_FILE: path('ours.crt') };
    expect(Object.keys(readTls('peer', readSettings(settings, env)) ?? {})).toEqual(['ca']);
    expect(readTls('peer', readSettings(settings, {}))).toBeUndefined();
  });

  test('TLS settings with a certificate but no key, or with the key of another certificate, are rejected', () => {
    const [, key] = Object.values(pair('other'));
    expect(errorsOf(settings, { PEER_CERT_FILE: path('ours.crt') })).toEqual([
      'PEER_CERT_FILE and PEER_KEY_FILE must be set together',
    ]);
    expect(errorsOf(settings, { ...pair('ours'), PEER_KEY_FILE: String(key) })).toEqual([
      'PEER_KEY_FILE is not the key of the certificate in PEER_CERT_FILE',
    ]);
  });

  test.each([
    ['ours.key', 'names a file without a certificate in PEM'],
    ['empty', 'names a file without a certificate in PEM'],
    ['nothing', 'names no file'],
    ['', 'names a file that this user cannot read (EISDIR)'],
  ])('TLS settings whose authorities file is %j are rejected', (name, error) => {
    expect(errorsOf(settings, { PEER_CA_FILE: path(name) })).toEqual([`PEER_CA_FILE ${error}: ${about.ca}`]);
  });

  test.each(['encrypted.key', 'empty', 'ours.crt'])(
    'TLS settings whose key file is %s are rejected',
    (name) => {
      expect(errorsOf(settings, { ...pair('ours'), PEER_KEY_FILE: path(name) })).toEqual([
        `PEER_KEY_FILE names a file without an unencrypted private key in PEM: ${about.key}`,
      ]);
    },
  );

  test.each([
    [0o400, []],
    [0o440, []],
    [0o640, []],
    [0o644, ['can be read by everybody on this machine (chmod o= is missing)']],
    [0o602, ['can be read by everybody on this machine (chmod o= is missing)']],
  ])('F80 in production a key file of mode %o gives the errors %j', (mode, errors) => {
    chmodSync(path('ours.key'), mode);
    const env = { ...pair('ours'), NODE_ENV: 'production' };
    expect(errorsOf(settings, env)).toEqual(errors.map((error) => `PEER_KEY_FILE ${error}: ${about.key}`));
  });

  test('a secret file may have any content, but in production is rejected when every user can read it', () => {
    const secret = {
      secret: { env: 'SECRET_FILE', schema: text(), file: 'secret', meaning: 'a secret' },
    } as const;
    writeFileSync(path('secret'), '{"kty":"EC"}', { mode: 0o600 });
    const env = { SECRET_FILE: path('secret'), NODE_ENV: 'production' };
    expect(errorsOf(secret, env)).toEqual([]);
    chmodSync(path('secret'), 0o604);
    expect(errorsOf(secret, env)).toEqual([expect.stringMatching(/^SECRET_FILE can be read by everybody/)]);
  });

  test('F80 a key that the process cannot read is reported in one line that names the setting', () => {
    chmodSync(folder, 0o755);
    chmodSync(path('other.key'), process.getuid?.() === 0 ? 0o600 : 0o000);
    const errors = asUser(() => errorsOf(settings, pair('other')));
    chmodSync(path('other.key'), 0o600);
    expect(errors).toEqual([`PEER_KEY_FILE names a file that this user cannot read (EACCES): ${about.key}`]);
  });
});

test.each([
  ['0', true],
  ['0.05', true],
  ['.5', true],
  ['1', true],
  ['1.1', false],
  ['-0.1', false],
  ['1e-3', false],
  ['half', false],
])('a setting for a share with the value %s is valid: %s', (given, legal) => {
  const settings = { share: { env: 'SHARE', schema: ratio(), default: 1, meaning: 'share' } };
  expect(errorsOf(settings, { SHARE: given })).toHaveLength(legal ? 0 : 1);
});
