/**
 * Returns milliseconds since 1970-01-01 UTC, as `Date.now`. Injected wherever time matters; only tokens use
 * seconds.
 */
export type Now = () => number;

/** Returns the same instant as a JWT NumericDate (RFC 7519, section 2), rounded down. */
export function epochSeconds(now: Now): number {
  return Math.floor(now() / 1000);
}
