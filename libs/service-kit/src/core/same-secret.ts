import { hash, timingSafeEqual } from 'node:crypto';

/** Compares two secrets in constant time, whatever prefix and length they have in common. */
export const isSameSecret = (presented: string, expected: string): boolean =>
  timingSafeEqual(hash('sha256', presented, 'buffer'), hash('sha256', expected, 'buffer'));
