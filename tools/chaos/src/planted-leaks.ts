import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { type TestRedis } from '@bff/testbed';
import { searchForLeaks, type Evidence } from './leak-search.ts';
import { markers } from './planted-services.ts';
import { redisEvidence } from './redis-evidence.ts';

/** What this search must be able to see, each as it would look; how many of them it sees, and how many there are. */
export async function provePlantedLeaks(
  redis: TestRedis,
): Promise<{ readonly found: number; readonly planted: number }> {
  const text = Buffer.from(
    `{"name":"somebody","note":"${markers.globex}","more":"${'padding '.repeat(50)}"}`,
  );
  const answer = (where: string, bytes: Buffer): Evidence => ({ where, owner: 'acme', bytes });
  const leaks: Evidence[] = [
    answer('an answer', text),
    answer('a deflated answer', deflateSync(text)),
    answer('a gzip answer', gzipSync(text)),
    answer('a br answer', brotliCompressSync(text)),
    answer('a zstd answer', zstdCompressSync(text)),
    answer('a cursor', Buffer.from(text.toString('base64url'))),
    { where: 'a log line', owner: 'nobody', bytes: Buffer.from(`{"level":30,"user":"${markers.acme}"}`) },
  ];
  // Through the real Redis, raw deflate as sync bases are kept; the script is how binary gets past a command line.
  const hex = deflateRawSync(text).toString('hex');
  redis.cli('EVAL', "return redis.call('SET', KEYS[1], (ARGV[1]:gsub('..', function(x) return string.char(tonumber(x, 16)) end)))", '1', '{acme}:planted', hex); // prettier-ignore
  const inRedis = (await redisEvidence(redis)).filter(
    ({ where }) => where === 'Redis value of {acme}:planted',
  );
  redis.cli('DEL', '{acme}:planted');
  const found = [...leaks, ...inRedis].filter((each) => searchForLeaks([each]).leaks.length > 0).length;
  return { found, planted: leaks.length + 1 };
}
