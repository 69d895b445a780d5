import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import { cookieValues, type SameSite } from '../cookies.ts';

/**
 * Cookie with the renewal token of a session. Its path is `/auth`, so that calls of screens do not carry it.
 */
export interface RenewalCookie {
  /** Returns the renewal token; undefined if the request has none, or several. */
  find(request: IncomingMessage): string | undefined;
  set(response: Response, token: string): void;
  expire(response: Response): void;
}

const name = '__Secure-bff-renewal';

export function createRenewalCookie(sameSite: SameSite): RenewalCookie {
  const options = { httpOnly: true, secure: true, path: '/auth', sameSite } as const;
  return {
    find(request) {
      const [token, ...others] = cookieValues(request, name);
      return others.length === 0 ? token : undefined;
    },
    set: (response, token) => void response.cookie(name, token, options),
    expire: (response) => void response.clearCookie(name, options),
  };
}
