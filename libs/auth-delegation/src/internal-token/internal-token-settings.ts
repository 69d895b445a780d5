import { generateKeyPairSync } from 'node:crypto';
import { integer, text, type Setting, type SettingValues } from '@bff/service-kit';
import { InvalidInternalKeys, type InternalKeys } from './internal-keys.ts';
import { longestLifetime } from './internal-claims.ts';
import { loadInternalKeys } from './load-internal-keys.ts';

/** Settings of the keys that sign internal tokens; a BFF adds these to its own. */
export const internalTokenSettings = {
  internalPrivateKey: {
    env: 'INTERNAL_JWT_PRIVATE_KEY',
    schema: text(),
    optional: true,
    secret: true,
    meaning:
      'PEM of the P-256 key that signs internal tokens (ES256); unset in development: a new one at each start',
  },
  internalOtherKey: {
    env: 'INTERNAL_JWT_OTHER_KEY',
    schema: text(),
    optional: true,
    secret: true,
    meaning: 'PEM of the previous or next key, published beside the signing key during a rotation',
  },
  internalSecret: {
    env: 'INTERNAL_JWT_SECRET',
    schema: text(/^.{32,}$/, 'must have at least 32 characters'),
    optional: true,
    secret: true,
    meaning: 'secret shared with every upstream (HS256), instead of a key',
  },
  internalTtlSeconds: {
    env: 'INTERNAL_JWT_TTL_SECONDS',
    schema: integer(1, longestLifetime),
    default: 300,
    meaning: 'lifetime of an internal token in seconds',
  },
} as const satisfies Record<string, Setting>;

type Values = Pick<
  SettingValues<typeof internalTokenSettings>,
  'internalPrivateKey' | 'internalOtherKey' | 'internalSecret'
>;

/**
 * Returns the configured keys. In development without a setting it generates a key pair for this process
 * only. @throws {InvalidInternalKeys}
 */
export function internalKeysFrom(values: Partial<Values>, production: boolean): InternalKeys {
  const { internalPrivateKey: privateKey, internalOtherKey: otherKey, internalSecret: secret } = values;
  if (privateKey || secret || production) return loadInternalKeys({ privateKey, otherKey, secret });
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return loadInternalKeys({ privateKey: pair.privateKey });
}

/** Returns an error if key and secret are both set or cannot be used, or in production if neither is set. */
export function internalTokenErrors(values: Partial<Values>, production: boolean): string[] {
  try {
    internalKeysFrom(values, production);
    return [];
  } catch (error) {
    if (error instanceof InvalidInternalKeys)
      return [`INTERNAL_JWT_PRIVATE_KEY or INTERNAL_JWT_SECRET: ${error.message}`];
    throw error;
  }
}
