import {
  constants,
  createHmac,
  generateKeyPairSync,
  sign,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';

export interface KeyPair {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const curveOf: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

export function keyPair(alg: string, kid = `${alg}-key`): KeyPair {
  if (alg === 'EdDSA') return { alg, kid, ...generateKeyPairSync('ed25519') };
  const namedCurve = curveOf[alg];
  if (namedCurve) return { alg, kid, ...generateKeyPairSync('ec', { namedCurve }) };
  return { alg, kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

export function publicJwk({ publicKey, alg, kid }: KeyPair): JsonWebKey {
  return { ...publicKey.export({ format: 'jwk' }), alg, kid, use: 'sig' };
}

export const encode = (part: unknown): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** Creates a token of exactly these parts, valid or not. A part may be the JSON text itself. */
export function forge(header: unknown, payload: unknown, signer: Signer): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${signer(Buffer.from(input)).toString('base64url')}`;
}

export type Signer = (input: Buffer) => Buffer;

export const unsigned: Signer = () => Buffer.alloc(0);

export const hmac =
  (alg: string, secret: string | Buffer): Signer =>
  (input) =>
    createHmac(`sha${alg.slice(2)}`, secret)
      .update(input)
      .digest();

/** Creates the signer of an algorithm (RFC 7518). default: that of the key */
export function signerOf(pair: KeyPair, alg = pair.alg): Signer {
  const digest = alg === 'EdDSA' ? null : `sha${alg.slice(2)}`;
  const key = pair.privateKey;
  if (alg.startsWith('PS'))
    return (input) =>
      sign(digest, input, {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      });
  return (input) => sign(digest, input, { key, dsaEncoding: 'ieee-p1363' });
}

/** Creates a valid token of this key. */
export function signed(pair: KeyPair, header: object, payload: object): string {
  return forge({ alg: pair.alg, kid: pair.kid, ...header }, payload, signerOf(pair));
}
