import { hash, randomBytes } from 'node:crypto';
import { openUnder, sealUnder, type SessionFacts } from '@bff/auth-delegation';
import { preTenantKey, type StateKey, type StateStore } from '@bff/service-kit';
import type { Request, Response } from 'express';
import type { LoggedInUser } from './login-result.ts';
import { cookiesOf, hostCookie } from './cookies.ts';

/**
 * Stores the logged-in user until the user decides about a device. An entry is found by two secrets (CSRF):
 * one in the form, which other sites cannot read, and one in a cookie, which cross-site forms do not send.
 */
export interface DeviceConfirmations {
  /** Stores the user and returns the secret for the form. */
  offer(request: Request, response: Response, userCode: string, user: LoggedInUser): Promise<string>;
  /** Returns the user, only once; undefined if this browser was not shown the confirmation of this device. */
  take(request: Request, userCode: string, secret: string): Promise<LoggedInUser | undefined>;
}

interface Offered {
  readonly facts: SessionFacts;
  /** Refresh token of the provider, encrypted under the secret in the form. */
  readonly sealed?: string;
}

const cookieName = '__Host-mobile-device';
const ttlMs = 600_000;
/**
 * `lax` instead of `strict`, because the browser must send a cookie that it already has when it returns from
 * another site, the identity provider.
 */
const flags = { ...hostCookie, sameSite: 'lax', maxAge: ttlMs } as const;
const secretSyntax = /^[A-Za-z0-9_-]{43}$/;
const mint = (): string => randomBytes(32).toString('base64url');

export function createDeviceConfirmations(store: StateStore): DeviceConfirmations {
  const keyOf = (...parts: readonly string[]): StateKey =>
    preTenantKey('login', 'device', hash('sha256', JSON.stringify(parts), 'base64url'));

  function browserOf(request: Request): string | undefined {
    const value = cookiesOf(request).get(cookieName);
    return value !== undefined && secretSyntax.test(value) ? value : undefined;
  }

  return {
    async offer(request, response, userCode, { facts, refreshToken }) {
      // Reuses the secret in the cookie, but not in the form, so that several open pages remain valid.
      const browser = browserOf(request) ?? mint();
      const secret = mint();
      const sealed = refreshToken === undefined ? undefined : sealUnder(secret, refreshToken);
      await store.set(keyOf(browser, secret, userCode), JSON.stringify({ facts, sealed }), ttlMs);
      response.cookie(cookieName, browser, flags);
      return secret;
    },

    async take(request, userCode, secret) {
      const browser = browserOf(request);
      if (browser === undefined || !secretSyntax.test(secret)) return undefined;
      const bytes = await store.take(keyOf(browser, secret, userCode));
      if (!bytes) return undefined;
      const { facts, sealed } = JSON.parse(bytes.toString()) as Offered;
      return { facts, refreshToken: sealed === undefined ? undefined : openUnder(secret, sealed) };
    },
  };
}
