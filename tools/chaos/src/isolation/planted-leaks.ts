import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { TestRedis } from '@bff/testbed';
import { searchForLeaks, type Evidence } from './leak-search.ts';
import { hiddenMarker, markerOf } from './planted-services.ts';
import { product } from '../product.ts';
import { redisEvidence } from './redis-evidence.ts';

/** What this search must be able to see, each as it would look; how many of them it sees, and how many there are. */
export async function provePlantedLeaks(
  redis: TestRedis,
): Promise<{ readonly found: number; readonly planted: number }> {
  const [{ id: tenant }, { id: other }] = product.tenants;
  const key = `{${tenant}}:planted`;
  const text = Buffer.from(
    `{"name":"somebody","note":"${markerOf(other)}","more":"${'padding '.repeat(50)}"}`,
  );
  const answer = (where: string, bytes: Buffer): Evidence => ({ where, owner: tenant, bytes });
  const leaks: Evidence[] = [
    answer('an answer', text),
    answer('a deflated answer', deflateSync(text)),
    answer('a gzip answer', gzipSync(text)),
    answer('a br answer', brotliCompressSync(text)),
    answer('a zstd answer', zstdCompressSync(text)),
    answer('a blocked value of its own', Buffer.from(hiddenMarker)),
    answer('a cursor', Buffer.from(text.toString('base64url'))),
    { where: 'a log line', owner: 'nobody', bytes: Buffer.from(`{"level":30,"user":"${markerOf(tenant)}"}`) },
  ];
  // Through the real Redis, raw deflate as sync bases are kept; the script is how binary gets past a command line.
  const hex = deflateRawSync(text).toString('hex');
  redis.cli(
    'EVAL',
    "return redis.call('SET', KEYS[1], (ARGV[1]:gsub('..', function(x) return string.char(tonumber(x, 16)) end)))",
    '1',
    key,
    hex,
  );
  const inRedis = (await redisEvidence(redis)).filter(({ where }) => where === `Redis value of ${key}`);
  redis.cli('DEL', key);
  const found = [...leaks, ...inRedis].filter((each) => searchForLeaks([each]).leaks.length > 0).length;
  return { found, planted: leaks.length + 1 };
}
