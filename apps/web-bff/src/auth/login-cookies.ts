import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { LoginInFlight, Seal } from '@bff/auth-delegation';
import type { Response } from 'express';
import type { SessionName } from '../browser-sessions.ts';
import { cookiesOf, hostCookie } from '../cookies.ts';

/** A login under way. */
export interface PendingLogin extends LoginInFlight {
  /** The session that the browser had at the start: with `SameSite=Strict` the callback comes without its cookie. */
  readonly replaces?: SessionName;
}

/** One sealed cookie for each login under way, so that several tabs may log in and finish in any order. */
export interface LoginCookies {
  /** @throws {RangeError} when it does not fit into a cookie; nothing is set then */
  keep(request: IncomingMessage, response: Response, login: PendingLogin): void;
  /** The login of this state, when this browser began it and it is not over. */
  find(request: IncomingMessage, state: string): PendingLogin | undefined;
  expire(response: Response, state: string): void;
}

const nameSyntax = /^__Host-bff-login-[\w-]{16}$/;
const nameOf = (state: string): string =>
  `__Host-bff-login-${hash('sha256', state, 'base64url').slice(0, 16)}`;

const lifetimeSeconds = 600;
const mostLogins = 8;
/** Of all of them together; a header of more than 16 KiB would lock the user out until they expire. */
const mostBytes = 8_192;
/** Lax in any case: the callback is a navigation that comes from the provider's site. */
const options = { ...hostCookie, sameSite: 'lax' } as const;

export function createLoginCookies(seal: Seal): LoginCookies {
  /** Bound to the name, hence to the state: what was sealed for one login opens no other. */
  const purposeOf = (name: string): string => `web-bff ${name}`;

  return {
    keep(request, response, login) {
      const name = nameOf(login.state);
      const value = seal.seal(login, purposeOf(name), lifetimeSeconds);
      // Browsers send the oldest first (RFC 6265, section 5.4): the youngest stay.
      let [logins, bytes] = [1, value.length];
      for (const other of cookiesOf(request).reverse()) {
        if (!nameSyntax.test(other.name)) continue;
        logins += 1;
        bytes += other.value.length;
        if (logins > mostLogins || bytes > mostBytes) response.clearCookie(other.name, options);
      }
      response.cookie(name, value, { ...options, maxAge: lifetimeSeconds * 1000 });
    },

    find(request, state) {
      const name = nameOf(state);
      const [value, ...others] = cookiesOf(request).filter((cookie) => cookie.name === name);
      if (value === undefined || others.length > 0) return undefined;
      return seal.open(value.value, purposeOf(name)) as PendingLogin | undefined;
    },

    expire: (response, state) => void response.clearCookie(nameOf(state), options),
  };
}
