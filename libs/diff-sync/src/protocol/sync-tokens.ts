import { timingSafeEqual } from 'node:crypto';
import { createContentMac, type ContentMac, type TenantId } from '@bff/service-kit';

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
   * share one room for bases, beside that of the whole. Default: all of it.
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

/** @throws {TypeError} when there is no key, or one has less than 32 bytes */
export function createSyncTokens(keys: readonly [current: Buffer, ...older: Buffer[]]): SyncTokens {
  if (keys.length === 0) throw new TypeError('there is no sync key');
  const [current, ...older] = keys.map(createContentMac) as [ContentMac, ...ContentMac[]];

  return {
    identify(scope, canonicalView, candidates) {
      const parts = scopeParts(scope);
      const token = current(parts, canonicalView);
      const names = (made: string) => candidates.some((candidate) => equal(candidate, made));
      return {
        token,
        named:
          names(token) || (candidates.length > 0 && older.some((mac) => names(mac(parts, canonicalView)))),
      };
    },
  };
}

function scopeParts(scope: TokenScope): string[] {
  const { tenant, tenantVersion, subject, resource, variant, selection = '' } = scope;
  return ['sync/2', tenant, tenantVersion, subject, resource, variant, selection];
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'));
}
