import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { SettingsError } from '@bff/service-kit';
import { readConfig } from '../../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'production-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('production reports all errors at once: known secrets, no Redis, an http issuer, a world-readable key', () => {
  const key = join(folder, 'client.key');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  chmodSync(key, 0o644);
  let faults: readonly string[] = [];
  try {
    readConfig({
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://app.example',
      ISSUER: 'http://login.example',
      ETAG_KEY: 'development-only-etag-key-of-web-bff',
      UPSTREAM_CA_FILE: key,
      UPSTREAM_CERT_FILE: key,
      UPSTREAM_KEY_FILE: key,
    });
  } catch (error) {
    faults = (error as SettingsError).errors;
  }
  const starting = (...beginnings: string[]) => beginnings.map((each) => expect.stringMatching(`^${each}`));
  expect(faults).toEqual(
    expect.arrayContaining(
      starting(
        'REDIS_URL must be set',
        'ISSUER must be https in production',
        'ETAG_KEY is the development value',
        'UPSTREAM_KEY_FILE can be read by everybody',
        'INTERNAL_JWT_PRIVATE_KEY or INTERNAL_JWT_SECRET',
        'COOKIE_KEYS? must be set',
      ),
    ),
  );
});
