import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { SettingsError } from '@bff/service-kit';
import { readConfig } from '../../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'clients-'));
afterAll(() => rmSync(folder, { recursive: true }));

function faults(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.errors;
    throw error;
  }
}
function clientsFile(content: unknown): Record<string, string> {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return { OAUTH_CLIENTS_FILE: file };
}
const app = {
  client_id: 'app',
  client_name: 'App',
  redirect_uris: ['https://app.example/callback'],
  grant_types: ['authorization_code'],
};

describe('configuration', () => {
  test('without any setting, the configuration has the development defaults', () => {
    expect(readConfig({})).toMatchObject({
      clientId: 'mobile-bff',
      tokenIdleSeconds: 30 * 86_400,
      tokenAbsoluteSeconds: 90 * 86_400,
      deviceCodeSeconds: 600,
      deviceIntervalSeconds: 5,
      oauthClients: [
        {
          clientId: 'demo-app',
          name: 'Demo app',
          redirectUris: ['com.example.app:/callback', 'http://127.0.0.1/callback'],
          allowLoopback: true,
          grantTypes: ['authorization_code'],
        },
        { clientId: 'demo-tv', grantTypes: ['urn:ietf:params:oauth:grant-type:device_code'] },
      ],
    });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['a PUBLIC_URL with a path', { PUBLIC_URL: 'https://m.example/bff' }, /PUBLIC_URL must be an origin/],
    ['a PUBLIC_URL with a query', { PUBLIC_URL: 'https://m.example/?a' }, /PUBLIC_URL must be an origin/],
    [
      'a PUBLIC_URL with user information',
      { PUBLIC_URL: 'https://a@m.example' },
      /PUBLIC_URL must be an origin/,
    ],
    ['W7 a PUBLIC_URL without TLS', { PUBLIC_URL: 'http://m.example' }, /PUBLIC_URL must be https/],
    ['a cookie key that is too short', { COOKIE_KEYS: 'short' }, /COOKIE_KEYS must be keys of 32 bytes/],
    [
      'a second cookie key that is too short',
      { COOKIE_KEYS: `${'a'.repeat(64)},b` },
      /COOKIE_KEYS must be keys of 32 bytes/,
    ],
    [
      'an idle lifetime above the absolute lifetime',
      { TOKEN_IDLE_SECONDS: '7776001' },
      /TOKEN_IDLE_SECONDS must not be above/,
    ],
    [
      'a device code lifetime above 15 minutes',
      { DEVICE_CODE_SECONDS: '901' },
      /DEVICE_CODE_SECONDS must be at most 900/,
    ],
    ['a SCOPE without openid', { SCOPE: 'profile' }, /SCOPE must contain openid/],
    ['a missing clients file', { OAUTH_CLIENTS_FILE: '/nowhere' }, /OAUTH_CLIENTS_FILE ENOENT/],
    ['a clients file that is not JSON', clientsFile('{'), /OAUTH_CLIENTS_FILE .*JSON/],
    ['a clients file without a client', clientsFile({ clients: [] }), /OAUTH_CLIENTS_FILE clients: /],
    [
      'a client with an unknown member',
      clientsFile({ clients: [{ ...app, secret: 'x' }] }),
      /OAUTH_CLIENTS_FILE clients\.0: .*secret/,
    ],
    [
      'a client with an unsupported grant type',
      clientsFile({ clients: [{ ...app, grant_types: ['password'] }] }),
      /clients\.0\.grant_types\.0/,
    ],
    [
      'a client of the code grant without a redirect URI',
      clientsFile({ clients: [{ ...app, redirect_uris: [] }] }),
      /app has no redirect_uris/,
    ],
    [
      'two clients with the same client_id',
      clientsFile({ clients: [app, app] }),
      /two clients have the same client_id/,
    ],
    [
      'a redirect URI with the scheme javascript',
      clientsFile({ clients: [{ ...app, redirect_uris: ['javascript:alert(1)'] }] }),
      /app has a redirect URI that is not safe/,
    ],
  ])('%s is reported as a configuration error', (_title, env, fault) => {
    expect(faults(env)).toEqual([expect.stringMatching(fault)]);
  });

  test.each(['https://m.example/', 'HTTPS://M.example:443/', 'https://m.example//'])(
    'F27 PUBLIC_URL=%s is normalized to https://m.example',
    (url) => {
      const { publicUrl } = readConfig({ PUBLIC_URL: url });
      expect(publicUrl.replace(/^https:\/\/m\.example$/, 'as expected')).toBe('as expected');
    },
  );

  test('the configuration reports all errors at once, including the errors within a file', () => {
    const unsafe = ['one', 'two'].map((client_id) => ({
      ...app,
      client_id,
      redirect_uris: ['http://evil.example/'],
    }));
    const env = { PUBLIC_URL: 'http://m.example/x', COOKIE_KEYS: 'x', ...clientsFile({ clients: unsafe }) };
    expect(faults(env).map((fault) => fault.split(' ', 1)[0])).toEqual([
      'COOKIE_KEYS',
      'PUBLIC_URL',
      'PUBLIC_URL',
      'OAUTH_CLIENTS_FILE',
      'OAUTH_CLIENTS_FILE',
    ]);
  });

  test('production rejects development secrets, anywhere in a list, and plain http', () => {
    const known = 'development-only-cookie-key-of-mobile-bff--';
    const told = faults({
      NODE_ENV: 'production',
      PUBLIC_URL: 'http://localhost:3002',
      CLIENT_SECRET: 'mobile-bff-dev-secret',
      COOKIE_KEYS: `${'a'.repeat(64)},${known}`,
    });
    for (const name of [
      'PUBLIC_URL must be https',
      'CLIENT_SECRET is the development value',
      'COOKIE_KEYS must not contain the development key',
      'OAUTH_CLIENTS_FILE must be set',
      'ETAG_KEY must be set',
    ])
      expect(told).toContainEqual(expect.stringContaining(name));
    expect(told.join()).not.toContain(known);
  });

  test('COOKIE_KEYS accepts keys in hex and in base64url', () => {
    expect(faults({ COOKIE_KEYS: `${'a'.repeat(64)},${'b'.repeat(43)}` })).toEqual([]);
  });
});
