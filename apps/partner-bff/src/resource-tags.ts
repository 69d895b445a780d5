import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { parseEntityTags, withoutCoding } from '@bff/shaping';

/**
 * Entity tags of what a partner may change. The upstream's own tag is inside, encrypted: `If-Match` can be handed on
 * without asking for the current one first, and nobody learns a hash of content from it.
 */
export interface ResourceTags {
  /**
   * @param bounds tenant and resource
   * @param representation what else makes it another answer: policy version, contract version, fields
   */
  tagOf(upstreamTag: string, bounds: readonly string[], representation: readonly string[]): string;
  /** `If-Match` in the upstream's terms; undefined when no tag in it was made here for this resource. */
  upstreamMatch(ifMatch: string, bounds: readonly string[]): string | undefined;
}

const ivBytes = 12;
const macBytes = 16;

export function createResourceTags(key: string): ResourceTags {
  const [ivKey, cipherKey] = ['iv', 'cipher'].map((use) =>
    Buffer.from(hkdfSync('sha256', key, '', `partner-bff resource tag ${use}`, 32)),
  ) as [Buffer, Buffer];

  function open(opaque: string, bounds: string): string | undefined {
    const bytes = Buffer.from(opaque, 'base64url');
    if (bytes.length < ivBytes + macBytes || bytes.toString('base64url') !== opaque) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', cipherKey, bytes.subarray(0, ivBytes), {
      authTagLength: macBytes,
    });
    decipher.setAAD(Buffer.from(bounds)).setAuthTag(bytes.subarray(-macBytes));
    try {
      const plain =
        decipher.update(bytes.subarray(ivBytes, -macBytes), undefined, 'utf8') + decipher.final('utf8');
      return (JSON.parse(plain) as [string])[0];
    } catch {
      return undefined;
    }
  }

  return {
    tagOf(upstreamTag, bounds, representation) {
      const associated = JSON.stringify(bounds);
      const plain = JSON.stringify([upstreamTag, ...representation]);
      // Made from the content, so that one version has one tag (as AES-SIV does, RFC 5297): an iv never meets two texts.
      const iv = createHmac('sha256', ivKey)
        .update(associated)
        .update('\0')
        .update(plain)
        .digest()
        .subarray(0, ivBytes);
      const cipher = createCipheriv('aes-256-gcm', cipherKey, iv).setAAD(Buffer.from(associated));
      const parts = [iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(parts).toString('base64url');
    },

    upstreamMatch(ifMatch, bounds) {
      const tags = parseEntityTags(ifMatch);
      if (tags === '*') return '*';
      const associated = JSON.stringify(bounds);
      // RFC 9110, section 13.1.1: strong comparison, so a weak tag never matches.
      const opened = tags
        .filter(({ weak }) => !weak)
        .flatMap(({ opaque }) => open(opaque, associated) ?? open(withoutCoding(opaque), associated) ?? []);
      return opened.length === 0 ? undefined : opened.join(', ');
    },
  };
}
