/** Milliseconds since 1970-01-01 UTC, as `Date.now`. Injected wherever time matters; seconds exist only inside tokens. */
export type Now = () => number;

/** The same instant as a JWT NumericDate (RFC 7519, section 2), rounded down. */
export function epochSeconds(now: Now): number {
  return Math.floor(now() / 1000);
}
