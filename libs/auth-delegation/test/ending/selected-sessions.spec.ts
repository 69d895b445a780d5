import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createMemoryStore,
  createRedisStore,
  StateUnavailable,
  type StateStore,
  type TenantId,
} from '@bff/service-kit';
import { startRedis, succeeds, until, type TestRedis } from '@bff/testbed';
import {
  createEndMarks,
  createSessionStore,
  type EndMarks,
  type SessionFacts,
  type SessionStore,
} from '../../src/index.ts';
import type { SessionSelector } from '../../src/session/selected-sessions.ts';
import { stoppedClock, type StoppedClock } from '../world/clock.ts';
import { t1, t2 } from '../world/identities.ts';
import { silentLog } from '../world/log.ts';
import { watchedStore, type WatchedStore } from '../world/watched-store.ts';

const issuer = 'https://idp.example';
const log = silentLog();
const hour = 3_600_000;
let clock: StoppedClock;
let store: WatchedStore;
let sessions: SessionStore;
let lastMarks: EndMarks;

function replica(over: StateStore = store, keepMs = 0): SessionStore {
  const ttlMs = 8 * hour;
  const marks = createEndMarks({ store: over, area: 'session', ttlMs, log, now: clock.now });
  lastMarks = marks;
  return createSessionStore({
    store: over,
    kind: 'session',
    idleMs: hour,
    absoluteMs: ttlMs,
    keepMs,
    marks,
    now: clock.now,
  });
}
beforeEach(() => {
  clock = stoppedClock();
  store = watchedStore(clock.now);
  sessions = replica();
});

const facts = (changes: Partial<SessionFacts> = {}): SessionFacts => ({
  home: t1,
  issuer,
  subject: 'u1',
  tenants: ['t1'],
  roles: [],
  permissions: [],
  authTime: clock.seconds() - 5,
  issuedAt: clock.seconds(),
  ...changes,
});
const begin = async (changes: Partial<SessionFacts> = {}) => (await sessions.create(facts(changes))).handle;
const isAlive = async (handle: string, at = sessions) => (await at.find(handle)) !== undefined;
const all = (before = clock.now()): SessionSelector => ({ target: { kind: 'everybody' }, before });
const ofTenant = (tenant: TenantId): SessionSelector => ({
  target: { kind: 'tenant', tenant },
  before: clock.now(),
});
const ofSubject = (subject: string): SessionSelector => ({
  target: { kind: 'subject', issuer, subject },
  before: clock.now(),
});

describe('an operator', () => {
  test('an operator counts, lists and ends the sessions of a user, in all tenants', async () => {
    const [one, two, other] = [await begin(), await begin({ home: t2 }), await begin({ subject: 'u2' })];
    expect(await sessions.count(ofSubject('u1'))).toBe(2);
    expect((await sessions.sample(ofSubject('u1'), 10)).map(({ home }) => home).sort()).toEqual(['t1', 't2']);
    expect(await sessions.endSelected(ofSubject('u1'))).toBe(2);
    expect([await isAlive(one), await isAlive(two), await isAlive(other)]).toEqual([false, false, true]);
    expect(await sessions.count(ofSubject('u1'))).toBe(0);
  });

  test("an operator finds a user by our subject and by the provider's subject", async () => {
    const handle = await begin({ providerSubject: 'p-1' });
    expect([await sessions.count(ofSubject('u1')), await sessions.count(ofSubject('p-1'))]).toEqual([1, 1]);
    await sessions.endSelected(ofSubject('u1'));
    expect(await isAlive(handle)).toBe(false);
  });

  test('an operator ends the sessions of a tenant, and of no other', async () => {
    const [one, other] = [await begin(), await begin({ home: t2 })];
    expect(await sessions.endSelected(ofTenant(t1))).toBe(1);
    expect([await isAlive(one), await isAlive(other)]).toEqual([false, true]);
  });

  test('an operator ends the sessions of a client, and of no other', async () => {
    const [one, other] = [await begin({ clientId: 'app-1' }), await begin({ clientId: 'app-2' })];
    const selector = { target: { kind: 'client', clientId: 'app-1' }, before: clock.now() } as const;
    expect([await sessions.count(selector), await sessions.endSelected(selector)]).toEqual([1, 1]);
    expect([await isAlive(one), await isAlive(other)]).toEqual([false, true]);
  });

  test('an operator ends all sessions that began before a time, and newer sessions continue', async () => {
    const old = await begin();
    clock.advance(60);
    const before = clock.now();
    clock.advance(1);
    const fresh = await begin();
    expect(await sessions.endSelected(all(before))).toBe(1);
    expect([await isAlive(old), await isAlive(fresh)]).toEqual([false, true]);
    expect(await sessions.count(all())).toBe(1);
  });

  test('a list of sessions has at most the requested number', async () => {
    for (let i = 0; i < 20; i++) await begin({ subject: `u${i}` });
    expect(await sessions.sample(all(), 7)).toHaveLength(7);
  });
});

describe('ending sessions', () => {
  test.each([
    ['tenant', () => ofTenant(t1)],
    ['subject', () => ofSubject('u1')],
    ['everybody', () => all()],
  ])(
    'ending sessions by %s also ends a session that is created afterwards with an ID token from before the end',
    async (_, selector) => {
      const from = facts();
      clock.advance(2);
      await sessions.endSelected(selector());
      clock.advance(2);
      const removed = store.calls['take'] ?? 0;
      const late = await sessions.create(from);
      expect(await isAlive(late.handle)).toBe(false);
      expect(store.calls['take']).toBe(removed + 1);
      expect(await isAlive(await begin())).toBe(true);
    },
  );

  test('a session that is created while sessions are ended has ended too, even in a replica that caches sessions', async () => {
    const keeping = replica(store, 60_000);
    let late: Promise<string> | undefined;
    store.before = (method, key) => {
      if (method === 'take' && !late) late = begin({ subject: 'u9' });
      void key;
    };
    const handle = await begin();
    expect(await isAlive(handle, keeping)).toBe(true);
    await sessions.endSelected(all());
    expect([await isAlive(handle, keeping), await isAlive(await late!, keeping)]).toEqual([false, false]);
  });

  test('sessions that could not be removed because the store failed halfway have ended too', async () => {
    const handles = await Promise.all(
      Array.from({ length: 120 }, async (_, i) => begin({ subject: `u${i}` })),
    );
    let takes = 0;
    store.before = (method) => {
      if (method === 'take' && ++takes > 60) throw new StateUnavailable('lost');
    };
    await expect(sessions.endSelected(all())).rejects.toThrow(StateUnavailable);
    store.before = () => undefined;
    const alive = await Promise.all(handles.map((handle) => isAlive(handle)));
    expect(alive.filter(Boolean)).toEqual([]);
    expect(await sessions.count(all())).toBe(0);
    expect(await sessions.list({ home: t1, issuer, subject: 'u119' })).toEqual([]);
  });

  test('a session that an operator ended and that is touched, changed or confirmed afterwards stays ended', async () => {
    const handle = await begin();
    const session = (await sessions.find(handle))!;
    await sessions.endSelected(all());
    clock.advance(120);
    expect(await sessions.touch(handle, session)).toBeUndefined();
    expect(await sessions.change(handle, session, (each) => each)).toBeUndefined();
    expect(await sessions.reload(handle, session)).toBeUndefined();
  });
});

test('endSelected throws when the session store was created without end marks', async () => {
  const plain = createSessionStore({
    store: createMemoryStore(),
    kind: 'session',
    idleMs: hour,
    absoluteMs: hour,
  });
  await expect(plain.endSelected(all())).rejects.toThrow(TypeError);
});

describe('10,000 sessions in Redis', () => {
  let redis: TestRedis;
  let shared: StateStore;
  beforeAll(async () => {
    redis = await startRedis();
    shared = createRedisStore({ url: redis.url, log, commandTimeoutMs: 5_000 });
    await until(() => succeeds(shared.ping()));
  });
  afterAll(async () => {
    await shared.close();
    await redis.close();
  });

  test('10,000 sessions in Redis are counted and ended in batches: other commands are answered in between, and the last session counts as ended at once', async () => {
    clock = stoppedClock(Date.now());
    const many = replica(shared);
    await lastMarks.ready();
    let handle = '';
    for (let done = 0; done < 10_000; done += 500) {
      const step = Array.from({ length: 500 }, (_, i) =>
        many.create(facts({ subject: `u${done + i}`, home: (i % 2 ? t1 : t2) as TenantId })),
      );
      handle = (await Promise.all(step)).at(-1)!.handle;
    }
    let answered = 0;
    let isDone = false;
    const other = createRedisStore({ url: redis.url, log, commandTimeoutMs: 5_000 });
    await until(() => succeeds(other.ping()));
    const watch = (async () => {
      while (!isDone) {
        await other.ping();
        answered++;
      }
    })();
    expect(await many.count(all())).toBe(10_000);
    expect(await many.count(ofTenant(t1))).toBe(5_000);
    const ending = many.endSelected(ofTenant(t1));
    await until(async () => (await many.find(handle)) === undefined);
    expect(await ending).toBe(5_000);
    isDone = true;
    await watch;
    await other.close();
    expect(await many.count(all())).toBe(5_000);
    // More answers than batches of 500 keys: no batch blocks Redis or this process.
    expect(answered).toBeGreaterThan(100);
  }, 180_000);
});
