import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { Problem } from '@bff/service-kit';

export interface PageCursors {
  /** The upstream's cursor as text that only this scope can use. The same all day for the same cursor and scope. */
  seal(cursor: string, scope: readonly string[]): string;
  /** @throws {Problem} `invalid-cursor` for what was forged, changed, sealed for another scope, or is too old */
  open(text: string, scope: readonly string[]): string;
}

const cipherName = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const minKeyBytes = 32;
/** Characters; ours have about 150. */
export const longestCursor = 2_048;
const dayMs = 86_400_000;
/** The day on which a cursor was made, and the next one: a cursor lives for 24 to 48 hours. */
const lifetimeDays = 2;

/**
 * Encrypted and authenticated cursors (AES-256-GCM), deterministic on purpose: a random nonce would change the bytes of
 * a page with every reading, and with them its ETag, so that no page would ever be a 304. The nonce is a MAC of scope
 * and content under a key of its own (the synthetic IV of RFC 5297, section 3), so two contents share none; what equal
 * texts tell is that two cursors are equal, which the one who got them knows. For the same reason the age is counted
 * in days.
 *
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
      // `bound` is JSON: it ends where its last bracket closes, so that no two pairs make one text.
      const iv = createHmac('sha256', nonceKey).update(bound).update(content).digest().subarray(0, ivBytes);
      const cipher = createCipheriv(cipherName, cipherKey, iv).setAAD(bound);
      const text = Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]).toString(
        'base64url',
      );
      if (text.length > longestCursor)
        throw new Problem('upstream-failed', { detail: 'The list cannot be continued.' });
      return text;
    },

    open(text, scope) {
      const content = text.length <= longestCursor ? decrypt(text, cipherKey, boundTo(scope)) : undefined;
      if (content === undefined) throw new Problem('invalid-cursor');
      // What opens was sealed by us, so that its form is known.
      const [madeOn, cursor] = JSON.parse(content) as [number, string];
      if (today() - madeOn >= lifetimeDays)
        throw new Problem('invalid-cursor', { detail: 'The cursor is too old; begin with the first page.' });
      return cursor;
    },
  };
}

const boundTo = (scope: readonly string[]): Buffer => Buffer.from(JSON.stringify(scope));

function decrypt(text: string, key: Buffer, bound: Buffer): string | undefined {
  const bytes = Buffer.from(text, 'base64url');
  // Only the canonical text: a decoder that skips what it does not know would open several for one.
  if (bytes.length < ivBytes + tagBytes || bytes.toString('base64url') !== text) return undefined;
  const decipher = createDecipheriv(cipherName, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(bound).setAuthTag(bytes.subarray(-tagBytes));
  try {
    return decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
