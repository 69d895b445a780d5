import { beforeEach, describe, expect, test } from '@jest/globals';
import { StateFull, StateUnavailable } from '@bff/service-kit';
import {
  createInternalTokens,
  createSessionStore,
  identityOf,
  isConfirmed,
  type SessionFacts,
  type SessionStore,
} from '../../src/index.ts';
import { sha256 } from '../world/client.ts';
import { stoppedClock, type StoppedClock } from '../world/clock.ts';
import { t1, t2 } from '../world/identities.ts';
import { watchedStore, type WatchedStore } from '../world/watched-store.ts';

const minute = 60;
const hour = 3600;
const issuer = 'https://idp.example';
const hs256 = { alg: 'HS256', secret: 'a secret of 32 characters or more' } as const;
let clock: StoppedClock;
let store: WatchedStore;
let sessions: SessionStore;

beforeEach(() => {
  clock = stoppedClock();
  store = watchedStore(clock.now);
  sessions = replica();
});

/** Creates another process on the same store. */
const replica = (kind: 'session' | 'token' = 'session'): SessionStore =>
  createSessionStore({
    store,
    kind,
    idleMs: 30 * minute * 1000,
    absoluteMs: 8 * hour * 1000,
    now: clock.now,
  });

const sessionFacts = (changes: Partial<SessionFacts> = {}): SessionFacts => ({
  home: t1,
  issuer,
  subject: 'subject-u1',
  tenants: ['t1', 't2'],
  roles: ['member'],
  permissions: [],
  sid: 'sid-1',
  authTime: clock.seconds() - 5,
  issuedAt: clock.seconds(),
  ...changes,
});
const begin = async (changes: Partial<SessionFacts> = {}) => sessions.create(sessionFacts(changes));

describe('a session', () => {
  test('W6 a session is found by its handle, which is opaque, has 256 bits, and is new each time', async () => {
    const { handle, session } = await sessions.create(sessionFacts(), {
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
    });

    expect(handle).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await begin()).handle).not.toBe(handle);
    await expect(replica().find(handle)).resolves.toEqual(session);
    expect(session).toMatchObject({ subject: 'subject-u1', home: 't1', device: 'Firefox on Linux' });
    expect(identityOf(session)).toEqual({
      subject: 'subject-u1',
      tenants: ['t1', 't2'],
      roles: ['member'],
      permissions: [],
      clientId: undefined,
      sessionId: session.id,
      authTime: clock.seconds() - 5,
      establishedAt: Math.ceil(session.createdAt / 1000),
      expiresAt: clock.seconds() + 30 * minute,
    });
  });

  test('W6 a session is stored without its handle, and with only those facts of the login that it needs', async () => {
    const facts = { ...sessionFacts(), idToken: 'eyJ.secret', name: 'One', email: 'u1@t1.example' };
    const { handle } = await sessions.create(facts);
    await sessions.find(handle);

    expect(store.dump()).toContain(sha256(handle));
    for (const secret of [handle, 'eyJ.secret', 'u1@t1.example']) expect(store.dump()).not.toContain(secret);
  });

  test('T1 a session is stored under its tenant, and keys without a tenant contain only references', async () => {
    const { handle } = await begin();
    const record = `{t1}:session:${sha256(handle)}`;

    expect(store.keys()).toContain(record);
    expect(store.keys().filter((key) => !key.startsWith('{t1}:') && !key.startsWith('{~}:'))).toEqual([]);
    const pretenant = store
      .dump()
      .split('\n')
      .filter((line) => line.includes('{~}:'));
    expect(pretenant.length).toBeGreaterThan(0);
    expect(pretenant.filter((line) => line.includes('subject-u1') || line.includes('member'))).toEqual([]);
  });

  test('W7 no session is found for a malformed handle, which costs no call to the store', async () => {
    const { handle } = await begin();
    const before = { ...store.calls };
    for (const garbage of [
      '',
      'x',
      `${handle}x`,
      `${handle} `,
      handle.slice(1),
      `${handle.slice(1)}!`,
      '\0',
      '../..',
      'x'.repeat(100_000),
    ])
      expect([await sessions.find(garbage), await sessions.end(garbage)]).toEqual([undefined, false]);
    expect(store.calls).toEqual(before);
    await expect(sessions.find(sha256('guess'))).resolves.toBeUndefined();
  });

  test('reading a session costs one call to the store once its handle is known', async () => {
    const { handle } = await begin();
    const other = replica();
    await other.find(handle);
    const before = store.calls['get'] ?? 0;
    await other.find(handle);
    expect((store.calls['get'] ?? 0) - before).toBe(1);
  });

  test('T1 a session that was created for a cookie is not found as an opaque token', async () => {
    const { handle } = await begin();
    await expect(replica('token').find(handle)).resolves.toBeUndefined();
  });
});

describe('the end of a session', () => {
  test('W12 a session ends after 30 minutes without use, however often it is read', async () => {
    const { handle } = await begin();
    clock.advance(29 * minute);
    await expect(sessions.find(handle)).resolves.toBeDefined();
    clock.advance(minute);
    await expect(sessions.find(handle)).resolves.toBeUndefined();
  });

  test('F34 a request that begins just before its session must be confirmed can still call services', async () => {
    const confirmed = createSessionStore({
      store,
      kind: 'session',
      idleMs: 30 * minute * 1000,
      absoluteMs: 8 * hour * 1000,
      confirmMs: 10 * minute * 1000,
      now: clock.now,
    });
    const tokens = createInternalTokens({ azp: 'web-bff', keys: hs256, now: clock.now });
    const { session } = await confirmed.create(sessionFacts());
    clock.advance(10 * minute - 0.001);
    expect(isConfirmed(session, clock.now())).toBe(true);
    const bearer = tokens.bearerFor({ ...identityOf(session), tenant: t1 });
    clock.advance(2);
    expect(isConfirmed(session, clock.now())).toBe(false);
    expect(bearer('thing-service')).toMatch(/^ey/);
  });

  test('W12 a session ends after 8 hours, however much it is used', async () => {
    const { handle } = await begin();
    for (let used = 0; used < 8 * hour - 20 * minute; used += 20 * minute) {
      clock.advance(20 * minute);
      const found = await sessions.find(handle);
      await expect(sessions.touch(handle, found!)).resolves.toMatchObject({ lastSeenAt: clock.now() });
    }
    clock.advance(20 * minute - 1);
    const last = await sessions.find(handle);
    expect(identityOf(last!).expiresAt).toBe(clock.seconds() + 1);
    clock.advance(1);
    await expect(sessions.find(handle)).resolves.toBeUndefined();
    await expect(sessions.touch(handle, last!)).resolves.toBeUndefined();
    await expect(sessions.find(handle)).resolves.toBeUndefined();
  });

  test('W12 the end of a session does not depend on the clock of the store, which may be behind', async () => {
    store = watchedStore(() => 0);
    sessions = replica();
    const { handle } = await begin();
    clock.advance(30 * minute - 1);
    await expect(sessions.find(handle)).resolves.toBeDefined();
    clock.advance(1);
    await expect(sessions.find(handle)).resolves.toBeUndefined();
  });

  test('W12 the use of a session is written to the store at most once a minute', async () => {
    const { handle, session } = await begin();
    clock.advance(59);
    await sessions.touch(handle, session);
    expect(store.calls['replaceIf']).toBeUndefined();
    clock.advance(1);
    const touched = await sessions.touch(handle, session);
    await sessions.touch(handle, touched!);
    expect(store.calls['replaceIf']).toBe(1);
  });

  test('W9 a logout is final: a slow request that is still running cannot restore the session', async () => {
    const { handle } = await begin();
    const slow = replica();
    const found = await slow.find(handle);
    clock.advance(5 * minute);

    await expect(sessions.end(handle)).resolves.toBe(true);

    await expect(slow.touch(handle, found!)).resolves.toBeUndefined();
    for (const process of [sessions, slow]) await expect(process.find(handle)).resolves.toBeUndefined();
    await expect(sessions.end(handle)).resolves.toBe(false);
  });

  test('W10 while the store is down no session is ended', async () => {
    const { handle, session } = await begin();
    clock.advance(2 * minute);
    store.down = true;
    for (const attempt of [
      sessions.find(handle),
      sessions.touch(handle, session),
      sessions.end(handle),
      sessions.list(session),
      sessions.create(sessionFacts()),
      replica().find(handle),
      sessions.endBySid(issuer, 'sid-1', clock.seconds()),
    ])
      await expect(attempt).rejects.toBeInstanceOf(StateUnavailable);
    store.down = false;
    await expect(sessions.find(handle)).resolves.toEqual(session);
  });

  test('W10 when the store is full, a session that cannot be extended stays valid until the stored time', async () => {
    const { handle, session } = await begin();
    clock.advance(2 * minute);
    store.before = (method) => {
      if (method === 'replaceIf') throw new StateFull('full');
    };
    await expect(sessions.touch(handle, session)).resolves.toEqual(session);
    store.before = () => undefined;
    await expect(sessions.find(handle)).resolves.toEqual(session);
  });

  test('W9 a logout whose cleanup fails has ended the session', async () => {
    const { handle } = await begin();
    store.before = (method) => {
      if (method === 'delete' || method === 'setRemove') throw new StateUnavailable('down');
    };
    await expect(sessions.end(handle)).resolves.toBe(true);
    store.before = () => undefined;
    await expect(replica().find(handle)).resolves.toBeUndefined();
    await expect(sessions.list(sessionFacts())).resolves.toEqual([]);
  });
});

describe("a user's list of sessions", () => {
  test("W12 a user's list contains the sessions of that user, last used first, without their handles", async () => {
    const first = await begin();
    clock.advance(minute);
    const second = await begin({ sid: 'sid-2' });
    await begin({ subject: 'subject-u2' });
    await begin({ issuer: 'https://other.example' });
    await begin({ home: t2 });

    expect((await sessions.list(sessionFacts())).map(({ id }) => id)).toEqual([
      second.session.id,
      first.session.id,
    ]);
    clock.advance(minute);
    await sessions.touch(first.handle, first.session);
    const list = await sessions.list(sessionFacts());
    expect(list.map(({ id }) => id)).toEqual([first.session.id, second.session.id]);
    expect(JSON.stringify(list)).not.toContain(first.handle);
  });

  test('W12 a user can end a session by its id, but another user, or the same user in another tenant, cannot', async () => {
    const { handle, session } = await begin();
    for (const stranger of [{ subject: 'subject-u2' }, { home: t2 }, { issuer: 'https://other.example' }])
      await expect(sessions.endById(sessionFacts(stranger), session.id)).resolves.toBe(false);
    await expect(sessions.find(handle)).resolves.toBeDefined();
    await expect(sessions.endById(sessionFacts(), session.id)).resolves.toBe(true);
    await expect(sessions.find(handle)).resolves.toBeUndefined();
    await expect(sessions.endById(sessionFacts(), session.id)).resolves.toBe(false);
  });

  test('W12 a user can end all other sessions at once', async () => {
    const mine = await begin();
    const others = [await begin(), await begin({ sid: 'sid-2' })];
    const inT2 = await begin({ home: t2 });

    await expect(sessions.endAllOf(sessionFacts(), mine.session.id)).resolves.toBe(2);
    for (const { handle } of others) await expect(sessions.find(handle)).resolves.toBeUndefined();
    for (const { handle } of [mine, inT2]) await expect(sessions.find(handle)).resolves.toBeDefined();
    await expect(sessions.endAllOf(sessionFacts())).resolves.toBe(1);
  });

  test('A11 the list of sessions of a user does not grow by sessions that have expired', async () => {
    for (let login = 0; login < 20; login += 1) {
      await begin();
      clock.advance(2 * hour);
    }
    const userKey = store.keys().find((key) => key.startsWith('{~}:session:sub:'));
    expect((await store.setMembers(userKey as never)).length).toBeLessThanOrEqual(5);
  });
});

describe('back-channel logout', () => {
  test('W11 a back-channel logout with a sid ends one session, on every replica', async () => {
    const one = await begin();
    const other = await begin({ sid: 'sid-2' });
    const process = replica();
    await process.find(one.handle);

    await expect(sessions.endBySid(issuer, 'sid-1', clock.seconds())).resolves.toBe(1);
    await expect(process.find(one.handle)).resolves.toBeUndefined();
    await expect(process.find(other.handle)).resolves.toBeDefined();
  });

  test('W11 a back-channel logout with a sub alone ends all sessions of that user, in every tenant', async () => {
    const ended = [await begin(), await begin({ sid: undefined }), await begin({ home: t2 })];
    const otherUser = await begin({ subject: 'subject-u2' });

    await expect(sessions.endBySub(issuer, 'subject-u1', clock.seconds())).resolves.toBe(3);
    for (const { handle } of ended) await expect(sessions.find(handle)).resolves.toBeUndefined();
    await expect(sessions.find(otherUser.handle)).resolves.toBeDefined();
  });

  test('W11 a logout of another provider ends nothing', async () => {
    const { handle } = await begin();
    for (const foreign of ['https://evil.example', `${issuer}/`, ''])
      await expect(
        Promise.all([
          sessions.endBySub(foreign, 'subject-u1', clock.seconds()),
          sessions.endBySid(foreign, 'sid-1', clock.seconds()),
        ]),
      ).resolves.toEqual([0, 0]);
    await expect(sessions.find(handle)).resolves.toBeDefined();
  });

  test('W11 a session that began after the logout continues, also with a clock difference to the provider', async () => {
    const theProvidersClockIsSlow = -120;
    const at = () => clock.seconds() + theProvidersClockIsSlow;
    const before = await begin({ issuedAt: at() });
    const loggedOutAt = at();
    clock.advance(1);
    const after = await begin({ issuedAt: at() });
    clock.advance(3);

    await expect(sessions.endBySub(issuer, 'subject-u1', loggedOutAt)).resolves.toBe(1);
    await expect(sessions.find(before.handle)).resolves.toBeUndefined();
    await expect(sessions.find(after.handle)).resolves.toBeDefined();
  });

  test('W11 a login does not survive a concurrent logout, in whatever order their calls interleave', async () => {
    for (let held = 0; held < 12; held += 1) {
      let call = 0;
      let logout: Promise<number> | undefined;
      store.before = async () => {
        call += 1;
        if (call !== held + 1) return;
        store.before = () => undefined;
        logout = replica().endBySid(issuer, `sid-${held}`, clock.seconds());
        if (held % 2) await logout;
      };
      const { handle } = await begin({ sid: `sid-${held}` });
      store.before = () => undefined;
      await (logout ?? sessions.endBySid(issuer, `sid-${held}`, clock.seconds()));
      await expect(sessions.find(handle)).resolves.toBeUndefined();
    }
  });

  test('W11 an older logout that arrives late does not undo a newer logout', async () => {
    await sessions.endBySid(issuer, 'sid-1', clock.seconds());
    await sessions.endBySid(issuer, 'sid-1', clock.seconds() - 60);
    const overtaken = await begin({ issuedAt: clock.seconds() - 30 });
    await expect(sessions.find(overtaken.handle)).resolves.toBeUndefined();
  });

  test('M5 a revoked grant ends its existing sessions and those being created', async () => {
    const before = await begin({ grant: 'g1' });
    const other = await begin({ grant: 'g2' });
    await expect(sessions.endByGrant('g1')).resolves.toBe(1);
    const late = await begin({ grant: 'g1', issuedAt: clock.seconds() + 50 });
    for (const { handle } of [before, late]) await expect(sessions.find(handle)).resolves.toBeUndefined();
    await expect(sessions.find(other.handle)).resolves.toBeDefined();
  });
});

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
    'Safari on macOS',
  ],
  [
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1',
    'Chrome on iOS',
  ],
  ['thing-app/3.1 (iPad)', 'iOS'],
  ['Opera/9 OPR/1', 'Opera'],
  ['curl/8', 'Unknown device'],
  ['<script>alert(1)</script>', 'Unknown device'],
  [undefined, 'Unknown device'],
])('W12 a session with the User-Agent %s is shown as %s', async (userAgent, device) => {
  const { session } = await sessions.create(sessionFacts(), { userAgent });
  expect(session.device).toBe(device);
});
