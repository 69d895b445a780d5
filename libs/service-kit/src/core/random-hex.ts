import { randomFillSync } from 'node:crypto';

/** One call to the system costs 2 us however few bytes it makes, so it makes those of a hundred requests. */
const pool = Buffer.alloc(4_096);
let used = pool.length;

/**
 * Random bytes in hexadecimal, none given twice. For ids: a secret has no business in a pool.
 *
 * @param bytes at most 4096
 */
export function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const from = used;
  used += bytes;
  return pool.toString('hex', from, used);
}
