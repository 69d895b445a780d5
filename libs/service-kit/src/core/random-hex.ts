import { randomFillSync } from 'node:crypto';

/**
 * Pool of random bytes for about a hundred requests, filled by one system call, because such a call costs 2
 * us for any number of bytes.
 */
const pool = Buffer.alloc(4_096);
let used = pool.length;

/**
 * Returns random bytes in hexadecimal; no byte is returned twice. For ids only: a secret should not stay in a
 * pool.
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
