import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestRedis } from '@bff/testbed';

const run = promisify(execFile);

/** Runs redis-cli asynchronously, so that the BFF in this process can answer at the same time. */
export async function redisCli({ port }: TestRedis, ...args: readonly string[]): Promise<string> {
  return (await run('redis-cli', ['-p', String(port), ...args])).stdout;
}

/**
 * Returns the keys that match.
 * @param pattern glob pattern of SCAN
 */
export async function keysOf(redis: TestRedis, pattern: string): Promise<string[]> {
  return (await redisCli(redis, '--scan', '--pattern', pattern)).split('\n').filter(Boolean);
}
