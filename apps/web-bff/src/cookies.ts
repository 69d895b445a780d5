import type { IncomingMessage } from 'node:http';
import type { CookieOptions, Response } from 'express';

export type SameSite = 'lax' | 'strict';

/** The cookie that holds the handle of a session, and nothing else. */
export interface SessionCookie {
  /** Returns all values of the cookie in the request. */
  values(request: IncomingMessage): readonly string[];
  set(response: Response, handle: string): void;
  expire(response: Response): void;
}

/**
 * Attributes that the prefix `__Host-` requires: Secure, no Domain, Path=/ (RFC 6265bis, section 4.1.3.2).
 */
export const hostCookie = { httpOnly: true, secure: true, path: '/' } as const satisfies CookieOptions;

export const sessionCookieName = '__Host-bff';
const name = sessionCookieName;

/**
 * Creates the session cookie. It has no `Max-Age`, so the browser removes it when it is closed; the store
 * limits the lifetime of the session.
 */
export function createSessionCookie(sameSite: SameSite): SessionCookie {
  const options = { ...hostCookie, sameSite };
  return {
    values: (request) => cookieValues(request, name),
    set: (response, handle) => void response.cookie(name, handle, options),
    expire: (response) => void response.clearCookie(name, options),
  };
}

export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/**
 * Returns every pair of the `Cookie` field in its order. Does not decode or unquote values, because all our
 * values are base64url. Keeps repeated names: dropping one would let an attacker choose which one counts.
 */
export function cookiesOf({ headers }: IncomingMessage): Cookie[] {
  const cookies: Cookie[] = [];
  for (const pair of (headers.cookie ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals >= 1)
      cookies.push({ name: pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim() });
  }
  return cookies;
}

/** Returns the values of the cookie `name`, in their order. */
export function cookieValues(request: IncomingMessage, name: string): string[] {
  const values: string[] = [];
  for (const cookie of cookiesOf(request)) if (cookie.name === name) values.push(cookie.value);
  return values;
}

const hostsSecureWithoutTls = ['localhost', '127.0.0.1', '[::1]'];

/** Returns the reasons why browsers would reject our cookies with this PUBLIC_URL. */
export function hostCookieErrors(publicUrl: string): string[] {
  const { protocol, hostname, origin, href } = new URL(publicUrl);
  const faults: string[] = [];
  if (protocol !== 'https:' && !hostsSecureWithoutTls.includes(hostname))
    faults.push('PUBLIC_URL must be https: over http, browsers accept a __Host- cookie on localhost only');
  if (href !== `${origin}/`)
    faults.push(
      'PUBLIC_URL must be an origin, without path, query or user: a __Host- cookie covers the complete host',
    );
  return faults;
}
