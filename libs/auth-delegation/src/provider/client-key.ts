import { createPrivateKey, type webcrypto, type JsonWebKey, type KeyObject } from 'node:crypto';

/** A key that signs client assertions (RFC 7523). */
export interface ClientKey {
  readonly key: webcrypto.CryptoKey;
  readonly kid?: string;
}

type Algorithm = Parameters<KeyObject['toCryptoKey']>[0];

const rsa = (name: string, bits: number): Algorithm => ({ name, hash: `SHA-${bits}` });
const ecdsa = (namedCurve: string): Algorithm => ({ name: 'ECDSA', namedCurve });
/** WebCrypto parameters of JWS algorithms (RFC 7518, section 3.1; RFC 8037). */
const algorithms: Readonly<Record<string, Algorithm>> = {
  RS256: rsa('RSASSA-PKCS1-v1_5', 256),
  RS384: rsa('RSASSA-PKCS1-v1_5', 384),
  RS512: rsa('RSASSA-PKCS1-v1_5', 512),
  PS256: rsa('RSA-PSS', 256),
  PS384: rsa('RSA-PSS', 384),
  PS512: rsa('RSA-PSS', 512),
  ES256: ecdsa('P-256'),
  ES384: ecdsa('P-384'),
  ES512: ecdsa('P-521'),
  EdDSA: { name: 'Ed25519' },
  Ed25519: { name: 'Ed25519' },
};
const algorithmOfCurve: Readonly<Record<string, string>> = {
  prime256v1: 'ES256',
  secp384r1: 'ES384',
  secp521r1: 'ES512',
};

/**
 * Reads a private key, as PEM or as a JWK. Uses `alg` and `kid` of a JWK; without `alg` an RSA key signs with
 * RS256.
 * @throws {TypeError} without the key in its message
 */
export function readClientKey(text: string): ClientKey {
  const jwk = text.trimStart().startsWith('{') ? jwkIn(text) : undefined;
  const key = privateKeyIn(jwk ?? text);
  const { alg = algorithmOf(key), kid } = jwk ?? {};
  const algorithm = typeof alg === 'string' ? algorithms[alg] : undefined;
  if (algorithm === undefined) throw new TypeError('the key fits no algorithm that signs client assertions');
  try {
    return {
      key: key.toCryptoKey(algorithm, false, ['sign']),
      ...(typeof kid === 'string' && { kid }),
    };
  } catch {
    throw new TypeError(`the key does not match its algorithm ${String(alg)}`);
  }
}

function jwkIn(text: string): JsonWebKey {
  try {
    return JSON.parse(text) as JsonWebKey;
  } catch {
    throw new TypeError('the key is neither PEM nor a JWK');
  }
}

function privateKeyIn(given: JsonWebKey | string): KeyObject {
  try {
    return typeof given === 'string'
      ? createPrivateKey(given)
      : createPrivateKey({ key: given, format: 'jwk' });
  } catch {
    throw new TypeError('the key is not a private key in PEM or JWK');
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | undefined {
  if (asymmetricKeyType === 'rsa') return 'RS256';
  if (asymmetricKeyType === 'ed25519') return 'Ed25519';
  return algorithmOfCurve[asymmetricKeyDetails?.namedCurve ?? ''];
}
