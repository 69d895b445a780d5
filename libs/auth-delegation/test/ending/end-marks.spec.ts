import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createMemoryStore,
  createRedisStore,
  preTenantKey,
  StateFull,
  StateUnavailable,
  type StateStore,
  type TenantId,
} from '@bff/service-kit';
import { startRedis, succeeds, until, type TestRedis } from '@bff/testbed';
import { createEndMarks, type EndMarks, type EndMarksOptions } from '../../src/ending/end-marks.ts';
import { targetKeysOf } from '../../src/ending/end-target.ts';
import { MarkTable } from '../../src/ending/mark-table.ts';
import { stoppedClock } from '../world/clock.ts';
import { silentLog } from '../world/log.ts';

const issuer = 'https://idp.example';
const log = silentLog();
const day = 86_400_000;
const t1 = 't1' as TenantId;
const keys =
  (changes = {}) =>
  () =>
    targetKeysOf({ home: 't1', clientId: 'c1', issuer, subjects: ['u1'], ...changes });

describe('end marks in one process', () => {
  const clock = stoppedClock();
  let marks: EndMarks;
  beforeEach(() => {
    const store = createMemoryStore({ clock: clock.now });
    marks = createEndMarks({ store, area: 'session', ttlMs: day, log, now: clock.now });
  });

  test.each([
    ['everybody', { kind: 'everybody' } as const, {}],
    ['a tenant', { kind: 'tenant', tenant: t1 } as const, { home: 't2' }],
    ['a client', { kind: 'client', clientId: 'c1' } as const, { clientId: 'c2' }],
    ['a subject', { kind: 'subject', issuer, subject: 'u1' } as const, { subjects: ['u2'] }],
    ['a subject of this issuer', { kind: 'subject', issuer, subject: 'u1' } as const, { issuer: 'other' }],
  ])(
    'an end mark for %s ends the sessions that began up to its time, and no others',
    async (_, target, others) => {
      const at = clock.now();
      await marks.add(target, at);
      expect([marks.isEnded(keys(), at), marks.isEnded(keys(), at + 1)]).toEqual([true, false]);
      expect(marks.isEnded(keys(others), at)).toBe(target.kind === 'everybody');
    },
  );

  test('an older end mark does not replace a newer one', async () => {
    const at = clock.now();
    await marks.add({ kind: 'everybody' }, at);
    clock.advance(1);
    await marks.add({ kind: 'everybody' }, at - 5_000);
    expect(marks.isEnded(keys(), at)).toBe(true);
  });
});

test('a full table of end marks rejects a new mark, and still accepts a later time for a known mark', () => {
  const clock = stoppedClock();
  const table = new MarkTable(clock.now);
  const end = clock.now() + 1_000;
  for (let i = 0; i < 50_000; i++) table.apply([`client:${i}`, 1, end]);
  expect(() => table.requireCapacityFor(['client:new', 1, end])).toThrow(StateFull);
  expect(() => table.requireCapacityFor(['client:7', 2, end])).not.toThrow();
  clock.advance(2);
  table.dropExpired();
  expect(table.size).toBe(0);
});

describe('end marks over Redis', () => {
  let redis: TestRedis;
  const open: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((close) => close()));
    await redis.start();
    const cleaner = createRedisStore({ url: redis.url, log });
    await until(() => succeeds(cleaner.ping()));
    for (let index = 0; index < 16; index++)
      await cleaner.delete(preTenantKey('revoked', 'access', 'marks', String(index)));
    await cleaner.delete(preTenantKey('revoked', 'access', 'version'));
    await cleaner.close();
  });
  afterAll(() => redis.close());

  async function replica(options: Partial<EndMarksOptions> = {}): Promise<EndMarks & { store: StateStore }> {
    const store = createRedisStore({ url: redis.url, log });
    const marks = createEndMarks({ store, area: 'access', ttlMs: day, log, ...options });
    open.push(() => (marks.close(), store.close()));
    await marks.ready();
    return { ...marks, store };
  }

  test('a running replica receives an end mark, a replica that starts later reads it, and the mark does not apply to another area', async () => {
    const [one, other, elsewhere] = await Promise.all([replica(), replica(), replica({ area: 'session' })]);
    const at = Date.now();
    await one.add({ kind: 'tenant', tenant: t1 }, at);
    await until(() => other.isEnded(keys(), at));
    const later = await replica();
    expect([later.isEnded(keys(), at), later.isEnded(keys({ home: 't2' }), at)]).toEqual([true, false]);
    expect(elsewhere.isEnded(keys(), at)).toBe(false);
  });

  test('a replica that missed the message of an end mark reads the mark from the store', async () => {
    const at = Date.now();
    // Writes the mark as another process would, but publishes no message.
    const deaf = await replica();
    const mark = JSON.stringify(['everybody', at, at + day]);
    await deaf.store.setAdd(preTenantKey('revoked', 'access', 'marks', '3'), mark, day);
    await deaf.store.set(preTenantKey('revoked', 'access', 'version'), 'a version', day);
    await until(() => deaf.isEnded(keys(), at));
  });

  test('end marks still apply while the store is down, and a replica that has never read the marks throws', async () => {
    const one = await replica();
    const at = Date.now();
    await one.add({ kind: 'client', clientId: 'c1' }, at);
    await redis.kill();
    expect(one.isEnded(keys(), at)).toBe(true);
    await expect(one.add({ kind: 'everybody' }, at)).rejects.toThrow(StateUnavailable);
    const [strict, lenient] = await Promise.all([replica(), replica({ acceptsUnknown: true })]);
    expect(() => strict.isEnded(keys(), at)).toThrow(StateUnavailable);
    expect(lenient.isEnded(keys(), at)).toBe(false);
    await redis.start();
    await one.add({ kind: 'client', clientId: 'c1' }, at).catch(() => undefined);
    await until(() => succeeds(one.add({ kind: 'client', clientId: 'c1' }, at)));
    await until(() => lenient.isEnded(keys(), at));
    await until(() => {
      try {
        return strict.isEnded(keys(), at);
      } catch {
        return false;
      }
    });
  }, 30_000);
});
