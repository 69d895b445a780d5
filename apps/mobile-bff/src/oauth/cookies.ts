import type { CookieOptions, Request } from 'express';

/** `__Host-` demands Secure, Path=/ and no Domain; no script and no sibling of our host can plant or read these. */
export const hostCookie = {
  path: '/',
  secure: true,
  httpOnly: true,
} as const satisfies CookieOptions;

/** The cookies of a request. A name that is there twice is left out: one of the two is not ours. */
export function cookiesOf({ headers }: Request): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  const twice = new Set<string>();
  for (const pair of headers.cookie?.split(';') ?? []) {
    const end = pair.indexOf('=');
    const name = pair.slice(0, end).trim();
    if (end < 0 || twice.has(name)) continue;
    if (cookies.delete(name)) twice.add(name);
    else cookies.set(name, pair.slice(end + 1).trim());
  }
  return cookies;
}
