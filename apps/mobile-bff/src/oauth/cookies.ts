import type { CookieOptions, Request } from 'express';

/**
 * `__Host-` requires Secure, Path=/ and no Domain, so no sibling host can set these cookies; HttpOnly hides
 * them from scripts.
 */
export const hostCookie = {
  path: '/',
  secure: true,
  httpOnly: true,
} as const satisfies CookieOptions;

/** Returns the cookies of a request. Omits repeated names, because an attacker may have set one of them. */
export function cookiesOf({ headers }: Request): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  const repeated = new Set<string>();
  for (const pair of headers.cookie?.split(';') ?? []) {
    const end = pair.indexOf('=');
    const name = pair.slice(0, end).trim();
    if (end < 0 || repeated.has(name)) continue;
    if (cookies.delete(name)) repeated.add(name);
    else cookies.set(name, pair.slice(end + 1).trim());
  }
  return cookies;
}
