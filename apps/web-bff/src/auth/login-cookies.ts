import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { LoginInFlight, Seal } from '@bff/auth-delegation';
import type { Response } from 'express';
import type { SessionName } from '../browser-sessions.ts';
import { cookiesOf, cookieValues, hostCookie } from '../cookies.ts';

/** A login that was started and not finished. */
export interface PendingLogin extends LoginInFlight {
  /**
   * Session of the browser when the login started. Stored here, because with `SameSite=Strict` the callback
   * arrives without the session cookie.
   */
  readonly replaces?: SessionName;
}

/**
 * Pending logins of a browser, one encrypted cookie each, so that logins in several tabs can end in any
 * order.
 */
export interface LoginCookies {
  /**
   * Stores a login.
   * @throws {RangeError} if it does not fit into a cookie; no cookie is set then
   */
  keep(request: IncomingMessage, response: Response, login: PendingLogin): void;
  /** Returns the login with this state if this browser started it and it has not expired. */
  find(request: IncomingMessage, state: string): PendingLogin | undefined;
  expire(response: Response, state: string): void;
}

const nameSyntax = /^__Host-bff-login-[\w-]{16}$/;
const nameOf = (state: string): string =>
  `__Host-bff-login-${hash('sha256', state, 'base64url').slice(0, 16)}`;

const lifetimeSeconds = 600;
const maxLogins = 8;
/**
 * Limit of all login cookies together: the server rejects requests with more than 16 KiB of header fields,
 * which would lock the user out.
 */
const maxBytes = 8_192;
/** Lax, because the callback is a navigation from the provider's site. */
const options = { ...hostCookie, sameSite: 'lax' } as const;

export function createLoginCookies(seal: Seal): LoginCookies {
  /** Binds the value to the cookie name, hence to the state, so that it cannot be used for another login. */
  const purposeOf = (name: string): string => `web-bff ${name}`;

  return {
    keep(request, response, login) {
      const name = nameOf(login.state);
      const value = seal.seal(login, purposeOf(name), lifetimeSeconds);
      // Keeps the newest cookies, starting at the end: browsers send the oldest first (RFC 6265, section
      // 5.4).
      let [logins, bytes] = [1, value.length];
      for (const other of cookiesOf(request).reverse()) {
        if (!nameSyntax.test(other.name)) continue;
        logins += 1;
        bytes += other.value.length;
        if (logins > maxLogins || bytes > maxBytes) response.clearCookie(other.name, options);
      }
      response.cookie(name, value, { ...options, maxAge: lifetimeSeconds * 1000 });
    },

    find(request, state) {
      const name = nameOf(state);
      const [value, ...others] = cookieValues(request, name);
      if (value === undefined || others.length > 0) return undefined;
      return seal.open(value, purposeOf(name)) as PendingLogin | undefined;
    },

    expire: (response, state) => void response.clearCookie(nameOf(state), options),
  };
}
