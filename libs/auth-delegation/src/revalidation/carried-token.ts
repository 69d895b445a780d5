import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { createSeal, type Seal } from '../login/seal.ts';

/** Longer than any refresh token, sealed: whether it is too long for its client is judged when the client gets it. */
const maxLength = 262_144;
/** As long as an unfinished login, code or device may take. */
const ttlSeconds = 1_800;
const purpose = 'carried refresh token';

const sealFrom = (secret: string | Buffer): Seal =>
  createSeal([createHash('sha256').update('carried ').update(secret).digest()], { maxLength });

/**
 * Seals a refresh token with a secret that we have sent away and keep only the digest of: a code, the confirmation in a form.
 * What is stored meanwhile is then opened by nobody but the holder of the secret.
 */
export const sealUnder = (secret: string | Buffer, refreshToken: string): string =>
  sealFrom(secret).seal({ refreshToken }, purpose, ttlSeconds);

/** The refresh token, or undefined for another secret. */
export const openUnder = (secret: string | Buffer, sealed: string): string | undefined =>
  (sealFrom(secret).open(sealed, purpose) as { readonly refreshToken: string } | undefined)?.refreshToken;

/** The DER header of a raw X25519 private key (RFC 8410, section 7). */
const pkcs8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

function privateKeyFrom(secret: string): KeyObject {
  const raw = createHash('sha256').update('device ').update(secret).digest();
  return createPrivateKey({ key: Buffer.concat([pkcs8, raw]), format: 'der', type: 'pkcs8' });
}

const exported = (key: KeyObject): string =>
  key.export({ format: 'der', type: 'spki' }).toString('base64url');
const imported = (text: string): KeyObject =>
  createPublicKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'spki' });

/** A key to which a refresh token can be sealed without the secret, here a device code, that opens it. */
export const publicKeyOf = (secret: string): string => exported(createPublicKey(privateKeyFrom(secret)));

/** Seals to the key of {@link publicKeyOf}: X25519 with a key of this one message. */
export function sealTo(publicKey: string, refreshToken: string): string {
  const ephemeral = generateKeyPairSync('x25519');
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: imported(publicKey) });
  return `${exported(ephemeral.publicKey)}.${sealUnder(shared, refreshToken)}`;
}

/** Undefined for another secret. */
export function openWith(secret: string, sealed: string): string | undefined {
  const [key = '', text = ''] = sealed.split('.');
  return openUnder(diffieHellman({ privateKey: privateKeyFrom(secret), publicKey: imported(key) }), text);
}
