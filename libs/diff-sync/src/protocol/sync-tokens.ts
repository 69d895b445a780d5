import { hash, timingSafeEqual } from 'node:crypto';
import { createContentMac, type ContentMac, type TenantId } from '@bff/service-kit';
import { tokenLength } from './token-tag.ts';

/**
 * Everything that a token depends on, except the view. A token is not valid for another user, tenant, policy
 * version or resource.
 */
export interface TokenScope {
  readonly tenant: TenantId;
  /** Changes whenever the tenant's policy changes. */
  readonly policyVersion: string;
  readonly subject: string;
  /** Path and canonical query. */
  readonly resource: string;
  /** Client family, shape and contract version. */
  readonly variant: string;
  /**
   * The selection of the client (`fields=`). A client can invent any number of selections, so all selections
   * of a resource share one limit for stored bases, separate from the limit for the complete view. Default:
   * no selection.
   */
  readonly selection?: string;
}

/** Creates tokens with the current key, and recognizes tokens of the current and older keys. */
export interface SyncTokens {
  /**
   * Computes the token of a view, and compares it with the tokens of a client.
   * @param candidates tokens that a client sent
   * @returns the token of this view under the current key; `named` is true when a candidate is its token
   * under the current or an older key
   */
  identify(
    scope: TokenScope,
    canonicalView: string,
    candidates: readonly string[],
  ): { readonly token: string; readonly named: boolean };
  /** Returns whether a token belongs to a view that this version of the policy filtered. */
  isOfPolicy(policyVersion: string, token: string): boolean;
}

/** Characters of a token that identify the view; the others identify the policy that filtered it. */
const viewLength = 20;
const policyLength = tokenLength - viewLength;

/** Creates tokens. @throws {TypeError} when there is no key, or a key has less than 32 bytes */
export function createSyncTokens(keys: readonly [current: Buffer, ...older: Buffer[]]): SyncTokens {
  if (keys.length === 0) throw new TypeError('there is no sync key');
  const [current, ...older] = keys.map(createContentMac) as [ContentMac, ...ContentMac[]];

  return {
    identify(scope, canonicalView, candidates) {
      const parts = scopeParts(scope);
      const policy = policyPart(scope.policyVersion);
      const tokenBy = (mac: ContentMac) => mac(parts, canonicalView).slice(0, viewLength) + policy;
      const token = tokenBy(current);
      const names = (made: string) => candidates.some((candidate) => equal(candidate, made));
      return {
        token,
        named: names(token) || (candidates.length > 0 && older.some((mac) => names(tokenBy(mac)))),
      };
    },
    isOfPolicy: (policyVersion, token) => token.slice(viewLength) === policyPart(policyVersion),
  };
}

/**
 * Returns the part of a token that identifies a policy. It only shows whether two tokens have the same
 * policy.
 */
const policyPart = (policyVersion: string): string =>
  hash('sha256', policyVersion, 'base64url').slice(0, policyLength);

function scopeParts(scope: TokenScope): string[] {
  const { tenant, policyVersion, subject, resource, variant, selection = '' } = scope;
  return ['sync/3', tenant, policyVersion, subject, resource, variant, selection];
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'));
}
