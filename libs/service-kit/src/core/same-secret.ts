import { hash, timingSafeEqual } from 'node:crypto';

/** Compares two secrets in a time that depends neither on a common prefix nor on their lengths. */
export const isSameSecret = (presented: string, expected: string): boolean =>
  timingSafeEqual(hash('sha256', presented, 'buffer'), hash('sha256', expected, 'buffer'));
