import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { createSeal, type Seal } from '../login/seal.ts';

/**
 * Maximum sealed length in characters: more than any refresh token needs. Whether a refresh token is
 * short enough for the client is checked when the client gets its renewal token.
 */
const maxLength = 262_144;
/** Seconds for which a sealed token can be opened: longer than a login, code or device code lasts. */
const ttlSeconds = 1_800;
const purpose = 'carried refresh token';

const sealFrom = (secret: string | Buffer): Seal =>
  createSeal([createHash('sha256').update('carried ').update(secret).digest()], { maxLength });

/**
 * Seals a refresh token with a secret that was sent to a client and is stored as a digest only, such as a
 * code. So only the holder of the secret can open the stored text.
 */
export const sealUnder = (secret: string | Buffer, refreshToken: string): string =>
  sealFrom(secret).seal({ refreshToken }, purpose, ttlSeconds);

/** Opens a text of {@link sealUnder}. Returns the refresh token; undefined for another secret. */
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

/**
 * Returns the public key of a secret such as a device code. A refresh token can be sealed with it without the
 * secret.
 */
export const publicKeyOf = (secret: string): string => exported(createPublicKey(privateKeyFrom(secret)));

/** Seals a refresh token with a key of {@link publicKeyOf}, by X25519 with an ephemeral key. */
export function sealTo(publicKey: string, refreshToken: string): string {
  const ephemeral = generateKeyPairSync('x25519');
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: imported(publicKey) });
  return `${exported(ephemeral.publicKey)}.${sealUnder(shared, refreshToken)}`;
}

/** Opens a text of {@link sealTo}. Returns the refresh token; undefined for another secret. */
export function openWith(secret: string, sealed: string): string | undefined {
  const [key = '', text = ''] = sealed.split('.');
  return openUnder(diffieHellman({ privateKey: privateKeyFrom(secret), publicKey: imported(key) }), text);
}
