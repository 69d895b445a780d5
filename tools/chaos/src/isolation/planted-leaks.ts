import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { TestRedis } from '@bff/testbed';
import { searchForLeaks, type Evidence } from './leak-search.ts';
import { hiddenMarker, markerOf } from './planted-services.ts';
import { product } from '../product.ts';
import { redisEvidence } from './redis-evidence.ts';

/**
 * Plants each kind of leak that the search must detect. @returns the numbers of planted and of detected leaks
 */
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
  // Stores a leak in Redis as raw deflate, the format of sync bases. Uses a script, because the command line
  // cannot pass binary data.
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
