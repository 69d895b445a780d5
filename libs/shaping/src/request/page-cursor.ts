import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { Problem } from '@bff/service-kit';

export interface PageCursors {
  /** Seals an upstream's cursor for one scope. The result stays the same for a day. */
  seal(cursor: string, scope: readonly string[]): string;
  /**
   * Opens a sealed cursor. @throws {Problem} `invalid-cursor` when it was forged, changed, sealed for another
   * scope, or expired
   */
  open(text: string, scope: readonly string[]): string;
}

const cipherName = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const minKeyBytes = 32;
/** Maximum characters; typical sealed cursors have about 150. */
export const longestCursor = 2_048;
const dayMs = 86_400_000;
/** A cursor is accepted on the day of its creation and the next one, so it lives for 24 to 48 hours. */
const lifetimeDays = 2;

/**
 * Creates encrypted and authenticated cursors (AES-256-GCM). They are deterministic: with a random nonce
 * the bytes of a page and its ETag would differ at every read, and a 304 would be impossible. The nonce is a
 * MAC of scope and content under a separate key (the synthetic IV of RFC 5297, section 3), so different
 * contents have different nonces. Equal ciphertexts reveal only that two cursors are equal, which the
 * client that holds them knows anyway. The age is counted in days, also for determinism.
 * @throws {TypeError} when the key has less than 32 bytes
 */
export function createPageCursors(key: Buffer | string, now: () => number = Date.now): PageCursors {
  const secret = Buffer.from(key as string);
  if (secret.length < minKeyBytes) throw new TypeError(`a cursor key needs at least ${minKeyBytes} bytes`);
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `page cursor ${use}`, 32));
  const cipherKey = derive('content');
  const nonceKey = derive('nonce');
  const today = () => Math.floor(now() / dayMs);

  return {
    seal(cursor, scope) {
      const content = Buffer.from(JSON.stringify([today(), cursor]));
      const bound = boundTo(scope);
      // `bound` is a JSON array, whose end is unambiguous. So two different pairs of `bound` and `content`
      // never have the same concatenation.
      const iv = createHmac('sha256', nonceKey).update(bound).update(content).digest().subarray(0, ivBytes);
      const cipher = createCipheriv(cipherName, cipherKey, iv).setAAD(bound);
      const text = Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]).toString(
        'base64url',
      );
      if (text.length > longestCursor)
        throw new Problem('upstream-failed', { detail: 'The next page of the list is not available.' });
      return text;
    },

    open(text, scope) {
      const content = text.length <= longestCursor ? decrypt(text, cipherKey, boundTo(scope)) : undefined;
      if (content === undefined) throw new Problem('invalid-cursor');
      // The text is authenticated, so its form need not be validated.
      const [madeOn, cursor] = JSON.parse(content) as [number, string];
      if (today() - madeOn >= lifetimeDays)
        throw new Problem('invalid-cursor', {
          detail: 'The cursor has expired; restart with the first page.',
        });
      return cursor;
    },
  };
}

const boundTo = (scope: readonly string[]): Buffer => Buffer.from(JSON.stringify(scope));

function decrypt(text: string, key: Buffer, bound: Buffer): string | undefined {
  const bytes = Buffer.from(text, 'base64url');
  // Only the canonical text is accepted: a lenient decoder would open several texts for one cursor.
  if (bytes.length < ivBytes + tagBytes || bytes.toString('base64url') !== text) return undefined;
  const decipher = createDecipheriv(cipherName, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(bound).setAuthTag(bytes.subarray(-tagBytes));
  try {
    return decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
