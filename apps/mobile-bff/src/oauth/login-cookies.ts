import type { AuthorizeRequest, LoginInFlight, Seal } from '@bff/auth-delegation';
import type { Request, Response } from 'express';
import { cookiesOf, hostCookie } from './cookies.ts';

/** What the login is for: a code for an app, or a device whose code the user has typed. */
export type LoginAim =
  | { readonly kind: 'code'; readonly request: AuthorizeRequest }
  | { readonly kind: 'device'; readonly userCode: string };

export interface PendingLogin {
  readonly aim: LoginAim;
  readonly login: LoginInFlight;
  /** Epoch milliseconds. */
  readonly begunAt: number;
}

/** Logins under way in one browser, each in a cookie of its own, so that tabs do not end each other's. */
export interface LoginCookies {
  /** The oldest give way when there is no room. @throws {RangeError} when the request is too long for a cookie */
  add(request: Request, response: Response, pending: PendingLogin): void;
  /** What this browser began under `state`, and no more. */
  find(request: Request, state: string): PendingLogin | undefined;
  /** The cookie of this state goes, the others stay. */
  drop(response: Response, state: string): void;
}

const prefix = '__Host-mobile-login-';
const purpose = 'login';
const ttlSeconds = 600;
/** Together they must leave room for everything else in the 16 KiB of header fields. */
const most = { logins: 5, characters: 9_000 };
/** Lax: the browser comes back from the provider, which is another site. */
const flags = { ...hostCookie, sameSite: 'lax' } as const;

export function createLoginCookies(seal: Seal): LoginCookies {
  /** Half of the state is name enough; the whole is sealed inside and is compared before anything is asked. */
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
      let { logins, characters } = most;
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
