import { createLogger, createRedisStore, type StateKey } from '@bff/service-kit';
import type { TestRedis } from '@bff/testbed';
import type { Evidence } from './leak-search.ts';
import { markers } from './planted-services.ts';

/** Every key and value that is there now. A key belongs to the tenant with which it begins. */
export async function redisEvidence(redis: TestRedis): Promise<Evidence[]> {
  const store = createRedisStore({
    url: redis.url,
    // The command line below blocks this process, and with it the clock of a command under way.
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
      const isSet = redis.cli('TYPE', key).trim() === 'set';
      const value = isSet
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
