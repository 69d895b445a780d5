import { InvalidInternalKeys, parseInternalKeys, thumbprint, type InternalKeys } from './internal-keys.ts';

/** Keys from the environment; in each PEM `\n` may stand for a line break. */
export interface InternalKeySettings {
  readonly secret?: string;
  readonly privateKey?: string;
  /** Public or private PEM of the previous key or the next one. */
  readonly otherKey?: string;
}

/**
 * Loads the secret (HS256) or the private key (ES256). The `kid` of a key is its thumbprint.
 * @throws {InvalidInternalKeys} whose message names the error and never contains the value
 */
export function loadInternalKeys({ secret, privateKey, otherKey }: InternalKeySettings): InternalKeys {
  if (secret && privateKey)
    throw new InvalidInternalKeys('both an internal secret and an internal key are set: unset one');
  const keys = privateKey ? pairOf(privateKey, otherKey) : secretOf(secret);
  parseInternalKeys(keys);
  return keys;
}

function secretOf(secret: string | undefined): InternalKeys {
  if (!secret) throw new InvalidInternalKeys('neither an internal secret nor an internal key is set');
  return { alg: 'HS256', secret };
}

function pairOf(privateKey: string, otherKey: string | undefined): InternalKeys {
  const privateKeyPem = withLineBreaks(privateKey);
  const current = { kid: thumbprint('current', privateKeyPem), privateKeyPem };
  if (!otherKey) return { alg: 'ES256', current };
  const publicKeyPem = withLineBreaks(otherKey);
  return { alg: 'ES256', current, previous: { kid: thumbprint('previous', publicKeyPem), publicKeyPem } };
}

function withLineBreaks(pem: string): string {
  return pem.replaceAll('\\n', '\n');
}
