import { describe, expect, test } from '@jest/globals';
import { SettingsError } from '@bff/service-kit';
import { readConfig } from '../../src/config.ts';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.errors;
    throw error;
  }
}

describe('W7 settings with which browsers would reject the cookies', () => {
  test.each([
    'http://bff.example',
    'http://192.168.0.1:3001',
    'http://localhost.evil.example',
    'http://127.0.0.1.nip.io',
    'https://bff.example/app',
    'https://bff.example/?a',
    'https://bff.example/#a',
    'https://user@bff.example',
  ])('reports PUBLIC_URL=%s as an error at start', (url) => {
    expect(faultsOf({ PUBLIC_URL: url })).toEqual([expect.stringMatching(/^PUBLIC_URL must be .*__Host-/)]);
  });

  test.each([
    'https://bff.example',
    'https://bff.example/',
    'https://bff.example:8443',
    'http://localhost:3001',
    'http://127.0.0.1:3001',
    'http://[::1]:3001',
  ])('accepts PUBLIC_URL=%s', (url) => {
    expect(faultsOf({ PUBLIC_URL: url })).toEqual([]);
  });

  test.each(['none', 'Lax', 'secure'])('reports SAME_SITE=%s as an error', (value) => {
    expect(faultsOf({ SAME_SITE: value })).toEqual([
      expect.stringMatching(/^SAME_SITE must be one of lax, strict/),
    ]);
  });
});

describe('F73 client authentication at the provider', () => {
  test('CLIENT_AUTHENTICATION=private_key_jwt requires CLIENT_KEY_FILE, and no CLIENT_SECRET', () => {
    const production = { NODE_ENV: 'production', CLIENT_AUTHENTICATION: 'private_key_jwt' };
    const faults = faultsOf(production).filter((fault) => fault.startsWith('CLIENT'));
    expect(faults).toEqual([expect.stringMatching(/^CLIENT_KEY_FILE must be set/)]);
  });

  test('AUTHORIZATION_PARAMETERS and PASSED_PARAMETERS must not contain a parameter that the app sets itself or could not verify', () => {
    const faults = faultsOf({
      AUTHORIZATION_PARAMETERS: 'state=x&max_age=1',
      PASSED_PARAMETERS: 'redirect_uri',
    });
    expect(faults).toEqual([
      'AUTHORIZATION_PARAMETERS must not have state',
      'AUTHORIZATION_PARAMETERS must not have max_age',
      'PASSED_PARAMETERS must not have redirect_uri',
    ]);
  });
});

describe('settings of the login', () => {
  const hex = 'ab'.repeat(32);
  const base64url = 'A'.repeat(43);

  test.each([hex, base64url, `${base64url},${hex}`])('accepts COOKIE_KEYS=%s', (keys) => {
    expect(faultsOf({ COOKIE_KEYS: keys })).toEqual([]);
  });

  test.each([hex.slice(1), `${base64url}A`, `${base64url},`, 'a secret', `${base64url} ${hex}`])(
    'reports COOKIE_KEYS=%s as an error without repeating the value',
    (keys) => {
      const [fault, ...others] = faultsOf({ COOKIE_KEYS: keys });
      expect(fault).toMatch(/^COOKIE_KEYS must be keys of 32 bytes/);
      expect(fault).not.toContain(keys);
      expect(others).toEqual([]);
    },
  );

  test('the configuration reports all errors at once', () => {
    const faults = faultsOf({
      PUBLIC_URL: 'http://bff.example/x',
      COOKIE_KEYS: 'x',
      SESSION_IDLE_SECONDS: '100',
      SESSION_ABSOLUTE_SECONDS: '99',
      SCOPE: 'email',
      CLIENT_AUTHENTICATION: 'none',
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'CLIENT_AUTHENTICATION',
      'SCOPE',
      'COOKIE_KEYS',
      'PUBLIC_URL',
      'PUBLIC_URL',
      'SESSION_IDLE_SECONDS',
      'REVALIDATION_SECONDS',
    ]);
  });

  test('production requires its own secrets, and rejects a development key even as the second key of COOKIE_KEYS', () => {
    const production = {
      NODE_ENV: 'production',
      ISSUER: 'https://idp.example',
      PUBLIC_URL: 'https://bff.example',
    };
    const dev = 'development-only-cookie-key-of-web-bff-----';
    const of = (env: Record<string, string>) =>
      faultsOf({ ...production, ...env }).filter((fault) => /^(CLIENT|COOKIE)/.test(fault));
    expect(of({})).toEqual([
      expect.stringMatching(/^COOKIE_KEYS must be set/),
      expect.stringMatching(/^CLIENT_SECRET must be set/),
    ]);
    expect(of({ CLIENT_SECRET: 'web-bff-dev-secret', COOKIE_KEYS: dev })).toEqual([
      expect.stringMatching(/^CLIENT_SECRET is the development value/),
      expect.stringMatching(/^COOKIE_KEYS is the development value/),
      expect.stringMatching(/^CLIENT_SECRET must be set/),
    ]);
    expect(of({ CLIENT_SECRET: 's', COOKIE_KEYS: `${hex},${dev}` })).toEqual([
      'COOKIE_KEYS must not contain the development key',
    ]);
    expect(of({ CLIENT_SECRET: 's', COOKIE_KEYS: hex })).toEqual([]);
  });
});
