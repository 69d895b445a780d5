import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import { cookiesOf, type SameSite } from '../cookies.ts';

/** The cookie that holds the renewal token of a session, for the paths under `/auth` alone: no screen pays for its bytes. */
export interface RenewalCookie {
  /** Undefined when there is none, or more than one. */
  find(request: IncomingMessage): string | undefined;
  set(response: Response, token: string): void;
  expire(response: Response): void;
}

const name = '__Secure-bff-renewal';

export function createRenewalCookie(sameSite: SameSite): RenewalCookie {
  const options = { httpOnly: true, secure: true, path: '/auth', sameSite } as const;
  return {
    find(request) {
      const [cookie, ...others] = cookiesOf(request).filter((each) => each.name === name);
      return others.length === 0 ? cookie?.value : undefined;
    },
    set: (response, token) => void response.cookie(name, token, options),
    expire: (response) => void response.clearCookie(name, options),
  };
}
