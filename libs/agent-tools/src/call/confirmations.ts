import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { isSameSecret, Problem, stateKey, type StateStore, type TenantId } from '@bff/service-kit';

export interface Confirmation {
  readonly token: string;
  readonly expires_in_seconds: number;
}

export interface Confirmations {
  /** Issues a confirmation. @param bounds everything that is confirmed: identity, tool, arguments */
  issue(bounds: readonly string[]): Confirmation;
  /**
   * Redeems a confirmation once.
   * @returns a text that is unique to this confirmation and can serve as an idempotency key
   * @throws {Problem} `unprocessable` when it was redeemed, has expired, or confirms something else
   * @throws {StateUnavailable} while the store is down, because the confirmation could be redeemed twice
   */
  redeem(token: string, tenant: TenantId, bounds: readonly string[]): Promise<string>;
}

export interface ConfirmationOptions {
  /** Secret of 32 bytes or more, the same on every replica. */
  readonly key: string;
  readonly store: StateStore;
  /** Returns milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
}

/** Long enough for the user to decide, and short enough that a token which is found later has expired. */
const lifetimeMs = 120_000;

/**
 * Creates confirmations of irreversible writes. The token contains its expiry and what it confirms, so that
 * any replica can verify it; the store records its redemption.
 */
export function createConfirmations({ key, store, now = Date.now }: ConfirmationOptions): Confirmations {
  const secret = Buffer.from(hkdfSync('sha256', key, '', 'tool confirmation', 32));
  const macOf = (expires: string, nonce: string, bounds: readonly string[]): string =>
    createHmac('sha256', secret)
      .update(JSON.stringify([expires, nonce, ...bounds]))
      .digest('base64url');

  return {
    issue(bounds) {
      const expires = (now() + lifetimeMs).toString(36);
      const nonce = randomBytes(16).toString('base64url');
      return {
        token: `${expires}.${nonce}.${macOf(expires, nonce, bounds)}`,
        expires_in_seconds: lifetimeMs / 1_000,
      };
    },

    async redeem(token, tenant, bounds) {
      const [expires = '', nonce = '', mac = ''] = token.split('.');
      if (!isSameSecret(mac, macOf(expires, nonce, bounds)))
        throw refused('It confirms something else: these arguments were not confirmed.');
      if (now() >= Number.parseInt(expires, 36)) throw refused('It has expired.');
      const isFirst = await store.add(stateKey(tenant, 'confirmation', nonce), '1', lifetimeMs);
      if (!isFirst) throw refused('It was used before.');
      return nonce;
    },
  };
}

const refused = (reason: string): Problem =>
  new Problem('unprocessable', {
    detail: `The confirmation is not valid. ${reason} Nothing was done. Call without confirm to get another one.`,
  });
