import type { IncomingMessage } from 'node:http';
import type { CookieOptions, Response } from 'express';

export type SameSite = 'lax' | 'strict';

/** The cookie that holds the handle of a session, and nothing else. */
export interface SessionCookie {
  /** All that arrived under its name. */
  values(request: IncomingMessage): readonly string[];
  set(response: Response, handle: string): void;
  expire(response: Response): void;
}

/** What the prefix `__Host-` asks for: secure, for this host alone, for all of its paths (RFC 6265bis, section 4.1.3.2). */
export const hostCookie = { httpOnly: true, secure: true, path: '/' } as const satisfies CookieOptions;

export const sessionCookieName = '__Host-bff';
const name = sessionCookieName;

/** Without `Max-Age`: it leaves with the browser; how long a session lives is the store's business. */
export function createSessionCookie(sameSite: SameSite): SessionCookie {
  const options = { ...hostCookie, sameSite };
  return {
    values: (request) =>
      cookiesOf(request)
        .filter((cookie) => cookie.name === name)
        .map(({ value }) => value),
    set: (response, handle) => void response.cookie(name, handle, options),
    expire: (response) => void response.clearCookie(name, options),
  };
}

export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/**
 * Every pair of the `Cookie` header, in its order, nothing decoded or unquoted: all of our values are base64url.
 * A parser that keeps one of two equal names would let the sender choose which one counts.
 */
export function cookiesOf({ headers }: IncomingMessage): Cookie[] {
  return (headers.cookie ?? '').split(';').flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals < 1 ? [] : [{ name: pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim() }];
  });
}

const hostsSecureWithoutTls = ['localhost', '127.0.0.1', '[::1]'];

/** Why browsers would not keep our cookies under this address; the faults of the setting. */
export function hostCookieFaults(publicUrl: string): string[] {
  const { protocol, hostname, origin, href } = new URL(publicUrl);
  const faults: string[] = [];
  if (protocol !== 'https:' && !hostsSecureWithoutTls.includes(hostname))
    faults.push('PUBLIC_URL must be https: browsers keep a __Host- cookie of http on localhost only');
  if (href !== `${origin}/`)
    faults.push(
      'PUBLIC_URL must be an origin, without path, query or user: a __Host- cookie is for all of a host',
    );
  return faults;
}
