import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestRedis } from '@bff/testbed';

const run = promisify(execFile);

/** As `TestRedis.cli`, but the BFF that lives in this process goes on meanwhile. */
export async function redisCli({ port }: TestRedis, ...args: readonly string[]): Promise<string> {
  return (await run('redis-cli', ['-p', String(port), ...args])).stdout;
}

/** @param pattern of keys, as SCAN takes it */
export async function keysOf(redis: TestRedis, pattern: string): Promise<string[]> {
  return (await redisCli(redis, '--scan', '--pattern', pattern)).split('\n').filter(Boolean);
}
