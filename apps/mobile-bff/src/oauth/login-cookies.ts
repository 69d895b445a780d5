import type { AuthorizeRequest, LoginInFlight, Seal } from '@bff/auth-delegation';
import type { Request, Response } from 'express';
import { cookiesOf, hostCookie } from './cookies.ts';

/** Purpose of the login: a code for an app, or the approval of a device whose code the user has entered. */
export type LoginAim =
  | { readonly kind: 'code'; readonly request: AuthorizeRequest }
  | { readonly kind: 'device'; readonly userCode: string };

export interface PendingLogin {
  readonly aim: LoginAim;
  readonly login: LoginInFlight;
  /** Start of the login, in epoch milliseconds. */
  readonly begunAt: number;
}

/** Pending logins of one browser, one cookie each, so that logins in several tabs do not interfere. */
export interface LoginCookies {
  /**
   * Adds a pending login; removes the oldest ones if the limits are exceeded.
   * @throws {RangeError} if the login does not fit into a cookie
   */
  add(request: Request, response: Response, pending: PendingLogin): void;
  /** Returns the pending login that this browser started with `state`. */
  find(request: Request, state: string): PendingLogin | undefined;
  /** Removes the cookie of this login only. */
  drop(response: Response, state: string): void;
}

const prefix = '__Host-mobile-login-';
const purpose = 'login';
const ttlSeconds = 600;
/** Limits all login cookies together, because the server accepts 16 KiB of header fields in total. */
const max = { logins: 5, characters: 9_000 };
/** Lax, because the provider, a cross-site page, redirects the browser back. */
const flags = { ...hostCookie, sameSite: 'lax' } as const;

export function createLoginCookies(seal: Seal): LoginCookies {
  /** Uses half of the state: that distinguishes logins, and `find` compares the complete, encrypted state. */
  const nameFor = (state: string): string => prefix + state.slice(0, 21);
  const open = (text: string): PendingLogin | undefined =>
    seal.open(text, purpose) as PendingLogin | undefined;

  function newestFirst(request: Request) {
    return [...cookiesOf(request)]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, text]) => ({ name, length: text.length, begunAt: open(text)?.begunAt ?? 0 }))
      .sort((one, other) => other.begunAt - one.begunAt);
  }

  return {
    add(request, response, pending) {
      const text = seal.seal(pending, purpose, ttlSeconds);
      let { logins, characters } = max;
      for (const { name, length } of [{ name: '', length: text.length }, ...newestFirst(request)]) {
        logins -= 1;
        characters -= length;
        if (logins < 0 || characters < 0) response.clearCookie(name, flags);
      }
      response.cookie(nameFor(pending.login.state), text, { ...flags, maxAge: ttlSeconds * 1000 });
    },

    find(request, state) {
      const text = cookiesOf(request).get(nameFor(state));
      const pending = text === undefined ? undefined : open(text);
      return pending?.login.state === state ? pending : undefined;
    },

    drop: (response, state) => void response.clearCookie(nameFor(state), flags),
  };
}
