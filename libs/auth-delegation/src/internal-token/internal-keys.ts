import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { digest } from '../opaque.ts';

/** A key pair of this BFF in PEM. `kid` names it in token headers and in the JWK Set. */
export interface PrivateKey {
  readonly kid: string;
  readonly privateKeyPem: string;
}

export interface PublicKey {
  readonly kid: string;
  readonly publicKeyPem: string;
}

/**
 * Key material for signing internal tokens.
 *
 * - `HS256`: one secret of at least 32 bytes, shared with every downstream service.
 * - `ES256`: a P-256 key pair; `previous` is published beside it until its last token has expired.
 */
export type InternalKeys =
  | { readonly alg: 'HS256'; readonly secret: string }
  | { readonly alg: 'ES256'; readonly current: PrivateKey; readonly previous?: PublicKey | PrivateKey };

/** A key setting is invalid. The message names the setting and the error, and never contains the value. */
export class InvalidInternalKeys extends Error {
  override readonly name = 'InvalidInternalKeys';
}

/** Public part of a signing key as published (RFC 7517). */
export interface PublicJwk {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
}

/** Parsed keys. */
export type SigningKeys =
  | { readonly alg: 'HS256'; readonly key: KeyObject; readonly published: readonly [] }
  | {
      readonly alg: 'ES256';
      readonly key: KeyObject;
      readonly kid: string;
      readonly published: readonly PublicJwk[];
    };

const shortestSecret = 32;

/** Parses the keys. @throws {InvalidInternalKeys} */
export function parseInternalKeys(keys: InternalKeys): SigningKeys {
  if (keys.alg === 'HS256') {
    if (Buffer.byteLength(keys.secret) < shortestSecret)
      throw new InvalidInternalKeys(`the internal secret is shorter than ${shortestSecret} bytes`);
    return { alg: 'HS256', key: createSecretKey(Buffer.from(keys.secret)), published: [] };
  }
  const { current, previous } = keys;
  const key = readKey('current', current.privateKeyPem, createPrivateKey);
  const published = [publicJwk('current', current)];
  if (previous) published.push(publicJwk('previous', previous));
  if (previous?.kid === current.kid)
    throw new InvalidInternalKeys('the current and the previous internal key have the same kid');
  return { alg: 'ES256', key, kid: current.kid, published };
}

/**
 * Returns the RFC 7638 thumbprint of a key, which serves as its unique `kid`. @throws {InvalidInternalKeys}
 */
export function thumbprint(which: string, pem: string): string {
  const { crv, kty, x, y } = readKey(which, pem, createPublicKey).export({ format: 'jwk' });
  return digest(JSON.stringify({ crv, kty, x, y }));
}

function publicJwk(which: string, given: PublicKey | PrivateKey): PublicJwk {
  const pem = 'publicKeyPem' in given ? given.publicKeyPem : given.privateKeyPem;
  const { x = '', y = '' } = readKey(which, pem, createPublicKey).export({ format: 'jwk' });
  if (given.kid === '') throw new InvalidInternalKeys(`the ${which} internal key has an empty kid`);
  return { kty: 'EC', crv: 'P-256', x, y, kid: given.kid, alg: 'ES256', use: 'sig' };
}

function readKey(which: string, pem: string, read: (pem: string) => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read(pem);
  } catch {
    // The error of OpenSSL is not chained, because it may quote its input.
    throw new InvalidInternalKeys(
      `the ${which} internal key is not a ${read === createPrivateKey ? 'private ' : ''}key in PEM`,
    );
  }
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new InvalidInternalKeys(`the ${which} internal key is not on the curve P-256`);
  return key;
}
