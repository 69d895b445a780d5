import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { parseEntityTags, withoutCoding } from '@bff/shaping';

/**
 * Entity tags of resources that a partner may change. Each contains the tag of the service, encrypted, so
 * that the BFF can forward `If-Match` without reading the current tag first, and without revealing a hash of
 * the content to the partner.
 */
export interface SealedEtags {
  /**
   * Returns the entity tag.
   * @param bounds tenant and resource
   * @param representation everything else that selects the representation: policy version, API version,
   *   fields
   */
  tagOf(upstreamTag: string, bounds: readonly string[], representation: readonly string[]): string;
  /**
   * Returns the value of `If-Match` for the service, decrypted; undefined if no tag in it was encrypted for
   * this resource.
   */
  upstreamMatch(ifMatch: string, bounds: readonly string[]): string | undefined;
}

const ivBytes = 12;
const macBytes = 16;

export function createSealedEtags(key: string): SealedEtags {
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
      // The IV is derived from the content (as in AES-SIV, RFC 5297), so that one version has one tag and no
      // IV is used for two plain texts.
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
