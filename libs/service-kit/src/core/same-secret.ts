import { hash, timingSafeEqual } from 'node:crypto';

/** Compares two secrets in a time that tells neither how much of them agrees nor how long the expected one is. */
export const isSameSecret = (presented: string, expected: string): boolean =>
  timingSafeEqual(hash('sha256', presented, 'buffer'), hash('sha256', expected, 'buffer'));
