import { describe, expect, test } from '@jest/globals';
import { readSettings, SettingsError, type Environment } from '@bff/service-kit';
import {
  createInternalTokens,
  internalKeysFrom,
  internalTokenErrors,
  internalTokenSettings,
  providerErrors,
  providerFrom,
  providerSettings,
} from '../src/index.ts';

const faultsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.errors;
    throw error;
  }
};

describe('settings of the internal token', () => {
  const read = (env: Environment) => readSettings(internalTokenSettings, env, internalTokenErrors);

  test('in development without a key for internal tokens, each process generates its own key', () => {
    const kids = [1, 2].map(
      () => createInternalTokens({ azp: 'x', keys: internalKeysFrom(read({}), false) }).jwks().keys[0]?.kid,
    );
    expect(kids[0]).toMatch(/^[\w-]{43}$/);
    expect(kids[0]).not.toBe(kids[1]);
  });

  test('in production without a key for internal tokens, the settings are rejected, together with other errors', () => {
    const faults = faultsOf(() => read({ NODE_ENV: 'production', INTERNAL_JWT_TTL_SECONDS: '3601' }));
    expect(faults).toEqual([
      expect.stringMatching(/^INTERNAL_JWT_TTL_SECONDS must be at most 3600/),
      expect.stringMatching(/^INTERNAL_JWT_PRIVATE_KEY or INTERNAL_JWT_SECRET: neither/),
    ]);
  });

  test('an invalid key for internal tokens is rejected without being shown', () => {
    const faults = faultsOf(() => read({ INTERNAL_JWT_PRIVATE_KEY: 'not a key but a secret' }));
    expect(faults).toEqual([expect.stringMatching(/not a key in PEM/)]);
    expect(faults.join()).not.toContain('not a key but a secret');
  });

  test('secret and key for internal tokens together are rejected', () => {
    const { INTERNAL_JWT_PRIVATE_KEY, INTERNAL_JWT_SECRET } = {
      INTERNAL_JWT_PRIVATE_KEY: 'x',
      INTERNAL_JWT_SECRET: 'y'.repeat(32),
    };
    expect(faultsOf(() => read({ INTERNAL_JWT_PRIVATE_KEY, INTERNAL_JWT_SECRET }))).toHaveLength(1);
  });
});

describe('settings of the provider', () => {
  const read = (env: Environment) => readSettings(providerSettings, env, providerErrors);

  test('an issuer without TLS is accepted in development and rejected in production', () => {
    expect(providerFrom(read({}), false)).toEqual({
      issuer: 'http://localhost:4000',
      claimNames: { subject: 'sub', tenants: 'tid', roles: 'roles', permissions: 'permissions' },
      maxTokenBytes: 16_384,
      trustedAudiences: [],
      providerUrl: undefined,
      allowInsecure: true,
    });
    expect(faultsOf(() => read({ NODE_ENV: 'production', ISSUER: 'http://idp.example' }))).toEqual([
      'ISSUER must be https in production',
    ]);
    expect(faultsOf(() => read({ NODE_ENV: 'production', ISSUER: 'https://idp.example' }))).toEqual([]);
  });
});
