/**
 * Returns milliseconds since 1970-01-01 UTC, like `Date.now`. Injected wherever time matters; only tokens use
 * seconds.
 */
export type Now = () => number;

/** Returns the current time as a JWT NumericDate (RFC 7519, section 2), rounded down. */
export function epochSeconds(now: Now): number {
  return Math.floor(now() / 1000);
}
