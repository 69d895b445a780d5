import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { type TenantId } from '@bff/service-kit';
import { tokenLength } from './token-tag.ts';

/** All that makes a view another answer than somebody else's, or than yesterday's, beside the view itself. */
export interface TokenScope {
  readonly tenant: TenantId;
  /** Another one whenever what the tenant may see changed. */
  readonly tenantVersion: string;
  readonly subject: string;
  /** Route and canonical query. */
  readonly resource: string;
  /** Client family, shape, contract version. */
  readonly variant: string;
  /**
   * What of it the client asked for (`fields=`). A client can invent as many as it likes, so all selections of a resource
   * share the room that its bases have. Default: all of it.
   */
  readonly selection?: string;
}

/** One key makes tokens; it and the older ones recognise them. */
export interface SyncTokens {
  /**
   * @param candidates tokens that a client named
   * @returns the token of this view, and whether a candidate is a token of it, made with any key
   */
  identify(
    scope: TokenScope,
    canonicalView: string,
    candidates: readonly string[],
  ): { readonly token: string; readonly named: boolean };
}

/** Bytes of the MAC that a token keeps: 144 bits, and base64url needs no padding. */
const tokenBytes = (tokenLength / 4) * 3;
const minKeyBytes = 32;

/** @throws {TypeError} when a key has less than 32 bytes */
export function createSyncTokens(keys: readonly [current: Buffer, ...older: Buffer[]]): SyncTokens {
  if (keys.length === 0 || keys.some((key) => key.length < minKeyBytes))
    throw new TypeError(`each sync key needs at least ${minKeyBytes} bytes`);
  const [current, ...older] = keys.map((key) => createSecretKey(key)) as [KeyObject, ...KeyObject[]];

  return {
    identify(scope, canonicalView, candidates) {
      const prefix = scopeText(scope);
      const token = mac(current, prefix, canonicalView);
      const names = (made: string) => candidates.some((candidate) => equal(candidate, made));
      return { token, named: names(token) || (candidates.length > 0 && older.some((key) => names(mac(key, prefix, canonicalView)))) }; // prettier-ignore
    },
  };
}

function scopeText(scope: TokenScope): string {
  const { tenant, tenantVersion, subject, resource, variant, selection = '' } = scope;
  return lengthPrefixed('sync/1', tenant, tenantVersion, subject, resource, variant, selection);
}

/** Lengths come first, so that no two lists make one text. */
export function lengthPrefixed(...parts: readonly string[]): string {
  let text = '';
  for (const part of parts) text += `${part.length}:${part}`;
  return text;
}

function mac(key: KeyObject, prefix: string, canonicalView: string): string {
  return (
    createHmac('sha256', key)
      // UTF-16 keeps lone surrogates apart, which UTF-8 would all turn into U+FFFD. Canonical JSON has none.
      .update(prefix, 'utf16le')
      .update(canonicalView, 'utf8')
      .digest()
      .toString('base64url', 0, tokenBytes)
  );
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'));
}
