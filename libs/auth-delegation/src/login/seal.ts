import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { epochSeconds, type Now } from '../time.ts';

export interface Seal {
  /**
   * The value as text that only {@link Seal.open} with the same purpose can read, for `ttlSeconds`.
   * @throws {RangeError} when the text would be longer than `maxLength`
   */
  seal(value: object, purpose: string, ttlSeconds: number): string;
  /** The value; undefined for what was forged, changed, sealed for something else, or is too old. */
  open(text: string, purpose: string): object | undefined;
}

/** Leaves room for name and attributes in the 4096 bytes of a cookie (RFC 6265, section 6.1). */
const cookieLength = 3800;
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

export interface SealOptions {
  /** Longest sealed text in characters. Default 3800, which fits into a cookie. */
  readonly maxLength?: number | undefined;
  readonly now?: Now | undefined;
}

/**
 * State that the client keeps for us (a login in flight, a cursor), encrypted and authenticated with AES-256-GCM.
 * Nonces are random: change the key before 2^32 values were sealed with it (NIST SP 800-38D, section 8.3).
 *
 * @param keys of 32 bytes each; the first seals, all of them open, so that a key can be changed without a lost login
 * @throws {TypeError} without a key, or with one of another length
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
      // Only the canonical text: a decoder that skips what it does not know would open several for one.
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

/** What opens was sealed by us, so that its form is known. */
function unlessTooOld([expiresAt, value]: [number, object], now: Now): object | undefined {
  return epochSeconds(now) < expiresAt ? value : undefined;
}
