import { createLogger, createRedisStore, type StateKey } from '@bff/service-kit';
import type { TestRedis } from '@bff/testbed';
import type { Evidence } from './leak-search.ts';
import { markers } from './planted-services.ts';

/** Returns every key and value in Redis. A key belongs to the tenant whose id is its prefix. */
export async function redisEvidence(redis: TestRedis): Promise<Evidence[]> {
  const store = createRedisStore({
    url: redis.url,
    // The synchronous command line below blocks the event loop, while time-outs of pending commands continue.
    commandTimeoutMs: 30_000,
    log: createLogger('isolation', 'silent'),
  });
  try {
    for (
      let attempt = 0;
      attempt < 100 &&
      !(await store.ping().then(
        () => true,
        () => false,
      ));
      attempt += 1
    )
      await new Promise((resolve) => setTimeout(resolve, 20));
    const evidence: Evidence[] = [];
    for (const key of redis.cli('--scan').split('\n').filter(Boolean)) {
      const prefix = /^\{([^}]+)\}:/.exec(key)?.[1] ?? '';
      const owner = markers.has(prefix) ? prefix : 'nobody';
      const type = redis.cli('TYPE', key).trim();
      const value =
        type === 'zset'
          ? Buffer.from(redis.cli('ZRANGE', key, '0', '-1'))
          : type === 'set'
            ? Buffer.from((await store.setMembers(key as StateKey)).join('\n'))
            : ((await store.get(key as StateKey)) ?? Buffer.alloc(0));
      evidence.push({ where: `Redis key ${key}`, owner, bytes: Buffer.from(key) });
      evidence.push({ where: `Redis value of ${key}`, owner, bytes: value });
    }
    return evidence;
  } finally {
    await store.close();
  }
}
