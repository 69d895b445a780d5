import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { epochSeconds, type Now } from '../time.ts';

export interface Seal {
  /**
   * Seals a value for `ttlSeconds`; only {@link Seal.open} with the same purpose can read it.
   * @throws {RangeError} when the text would be longer than `maxLength`
   */
  seal(value: object, purpose: string, ttlSeconds: number): string;
  /** Returns the value; undefined if the text is forged, changed, expired, or sealed for another purpose. */
  open(text: string, purpose: string): object | undefined;
}

/** Leaves space for name and attributes in the 4096 bytes of a cookie (RFC 6265, section 6.1). */
const cookieLength = 3800;
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

export interface SealOptions {
  /** Maximum length of the sealed text in characters. default 3800, which fits into a cookie */
  readonly maxLength?: number | undefined;
  readonly now?: Now | undefined;
}

/**
 * Encrypts and authenticates state that the client stores (a login in progress, a cursor) with AES-256-GCM.
 * Nonces are random, so a key has to be replaced before it has sealed 2^32 values (NIST SP 800-38D, section
 * 8.3).
 * @param keys of 32 bytes each; the first seals and all open, so that a rotation loses no login
 * @throws {TypeError} without a key, or with a key of another length
 */
export function createSeal(keys: readonly Buffer[], options: SealOptions = {}): Seal {
  const { maxLength = cookieLength, now = Date.now } = options;
  const [first] = keys;
  if (!first || keys.some((key) => key.length !== keyBytes))
    throw new TypeError(`a seal needs keys of ${keyBytes} bytes`);

  return {
    seal(value, purpose, ttlSeconds) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', first, iv).setAAD(Buffer.from(purpose));
      const plain = JSON.stringify([epochSeconds(now) + ttlSeconds, value]);
      const parts = [iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
      const text = Buffer.concat(parts).toString('base64url');
      if (text.length > maxLength)
        throw new RangeError(`sealed value of ${text.length} characters is too long`);
      return text;
    },

    open(text, purpose) {
      if (text.length > maxLength) return undefined;
      const bytes = Buffer.from(text, 'base64url');
      // Accepts only the canonical text, because a lenient decoder would accept several texts for one value.
      if (bytes.length < ivBytes + tagBytes || bytes.toString('base64url') !== text) return undefined;
      for (const key of keys) {
        const plain = decrypt(bytes, key, purpose);
        if (plain) return unlessTooOld(JSON.parse(plain), now);
      }
      return undefined;
    },
  };
}

function decrypt(bytes: Buffer, key: Buffer, purpose: string): string | undefined {
  const iv = bytes.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-tagBytes));
  try {
    return decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

/**
 * Returns the value unless it has expired. Does not validate its form, because only a holder of the keys can
 * have sealed it.
 */
function unlessTooOld([expiresAt, value]: [number, object], now: Now): object | undefined {
  return epochSeconds(now) < expiresAt ? value : undefined;
}
