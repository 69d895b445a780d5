import { afterEach, describe, expect, test } from '@jest/globals';
import { openStore, type StateStore } from '@bff/service-kit';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import { createSessionStore, isConfirmed, watchRollbacks, type RollbackWatch } from '../../src/index.ts';
import { t1 } from '../world/identities.ts';
import { silentLog } from '../world/log.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const facts = () => ({
  home: t1,
  issuer: 'https://idp.example',
  subject: 'u1',
  tenants: ['t1'],
  roles: [],
  permissions: [],
  authTime: 0,
  issuedAt: Math.floor(Date.now() / 1000),
});

async function replicaOf(redis: TestRedis, lines: unknown[] = []) {
  const store: StateStore = openStore(
    { redisUrl: redis.url, redisTimeoutMs: 500 },
    { log: silentLog(), tracing: undefined },
  );
  const rollbacks: RollbackWatch = watchRollbacks({
    store,
    log: silentLog((line) => lines.push(line)),
    everyMs: 20,
  });
  const sessions = createSessionStore({
    store,
    kind: 'session',
    idleMs: 1e7,
    absoluteMs: 1e8,
    confirmMs: 1e6,
    rollbacks,
  });
  closing.push(
    () => store.close(),
    () => rollbacks.close(),
  );
  await until(() => redis.cli('keys', '*counter*').trim() !== '');
  return { store, rollbacks, sessions };
}

describe('F47 a store that is restored from a snapshot', () => {
  test('after a restore from a snapshot, the sessions of the store must be confirmed, even on a replica that starts later, but new sessions need not', async () => {
    const redis = await startRedis();
    closing.push(() => redis.close());
    const lines: unknown[] = [];
    const { rollbacks, sessions } = await replicaOf(redis, lines);
    const { handle } = await sessions.create(facts());
    redis.cli('save');
    await sessions.end(handle);
    expect(await sessions.find(handle)).toBeUndefined();
    // Waits until the counter is higher than in the snapshot.
    const count = () => Number(redis.cli('--raw', 'get', redis.cli('--raw', 'keys', '*counter*').trim()));
    const before = count();
    await until(() => count() > before + 5);
    await redis.kill();
    await redis.start();
    await until(() => rollbacks.lostUntil > 0);

    const revived = await sessions.find(handle);
    expect(revived && isConfirmed(revived, Date.now())).toBe(false);
    expect(lines).toHaveLength(1);
    const fresh = await sessions.create(facts());
    expect(isConfirmed((await sessions.find(fresh.handle))!, Date.now())).toBe(true);

    const later = await replicaOf(redis);
    await until(() => later.rollbacks.lostUntil > 0);
    expect(isConfirmed((await later.sessions.find(handle))!, Date.now())).toBe(false);
  }, 60_000);

  test('when the store restarted with all its data, its sessions need not be confirmed', async () => {
    const redis = await startRedis();
    closing.push(() => redis.close());
    const { rollbacks, sessions, store } = await replicaOf(redis);
    const { handle } = await sessions.create(facts());
    rollbacks.close();
    redis.cli('save');
    const again = watchRollbacks({ store, log: silentLog(), everyMs: 20 });
    closing.push(() => again.close());
    await until(() => Number(redis.cli('--raw', 'get', redis.cli('--raw', 'keys', '*counter*').trim())) > 3);
    expect(again.lostUntil).toBe(0);
    expect(isConfirmed((await sessions.find(handle))!, Date.now())).toBe(true);
  }, 60_000);
});
