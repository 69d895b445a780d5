import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Listening, StateKey, StateStore } from '@bff/service-kit';
import { until } from '@bff/testbed';
import { createSessionStore, type SessionStore } from '../../src/index.ts';
import { stoppedClock, type StoppedClock } from '../world/clock.ts';
import { t1 } from '../world/identities.ts';
import { watchedStore, type WatchedStore } from '../world/watched-store.ts';

let clock: StoppedClock;
let store: WatchedStore;
let here: SessionStore;
let there: SessionStore;
let handle: string;

const replica = (over: StateStore = store, keepMs = 5_000): SessionStore =>
  createSessionStore({
    store: over,
    kind: 'session',
    idleMs: 1_800_000,
    absoluteMs: 3_600_000,
    keepMs,
    now: clock.now,
  });
const reads = (): number => store.calls['get'] ?? 0;

beforeEach(async () => {
  clock = stoppedClock();
  store = watchedStore(clock.now);
  [here, there] = [replica(), replica()];
  ({ handle } = await here.create({
    home: t1,
    issuer: 'https://idp.example',
    subject: 'u1',
    tenants: ['t1'],
    roles: [],
    permissions: [],
    authTime: clock.seconds(),
    issuedAt: clock.seconds(),
  }));
});

describe('a cached session', () => {
  test('a cached session is not read from the store again', async () => {
    const first = await there.find(handle);
    const asked = reads();
    expect(await there.find(handle)).toEqual(first);
    expect(reads()).toBe(asked);
  });

  test('W9 a cached session has ended in every process as soon as its logout is answered', async () => {
    await there.find(handle);
    expect(await here.end(handle)).toBe(true);
    expect(await there.find(handle)).toBeUndefined();
    expect(await here.find(handle)).toBeUndefined();
  });

  test('W9 a session that ends during a read is not cached by this read', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slowAnswers: StateStore = Object.create(store, {
      get: {
        async value(key: StateKey) {
          const bytes = await store.get(key);
          if (key.startsWith('{t1}')) await gate;
          return bytes;
        },
      },
    });
    const slow = replica(slowAnswers);
    const reading = slow.find(handle);
    await new Promise(setImmediate);
    await here.end(handle);
    release();
    expect(await reading).toBeDefined();
    expect(await slow.find(handle)).toBeUndefined();
  });

  test('W12 a cached session ends when its idle time has elapsed', async () => {
    await there.find(handle);
    clock.advance(1_800);
    expect(await there.find(handle)).toBeUndefined();
  });

  test('`touch` replaces the cached session with the session that it wrote; after the session has ended, neither `touch` nor `find` returns it', async () => {
    const session = await there.find(handle);
    clock.advance(61);
    const touched = await there.touch(handle, session!);
    const asked = reads();
    expect(await there.find(handle)).toEqual(touched);
    expect(reads()).toBe(asked);
    await here.end(handle);
    clock.advance(61);
    expect(await there.touch(handle, touched!)).toBeUndefined();
    expect(await there.find(handle)).toBeUndefined();
  });

  test('W11 the end of a session that cannot be published is not carried out, and may be tried again', async () => {
    await there.find(handle);
    store.before = (method) => (method === 'publish' ? Promise.reject(new Error('lost')) : undefined);
    await expect(here.end(handle)).rejects.toThrow('lost');
    expect(await there.find(handle)).toBeDefined();
    store.before = () => undefined;
    expect(await here.end(handle)).toBe(true);
    expect(await there.find(handle)).toBeUndefined();
  });
});

describe('a process that may miss messages', () => {
  test('a process that is disconnected from messages reads sessions from the store each time, and does not use its cached sessions after reconnecting', async () => {
    const listening = { epoch: 1 as number | undefined };
    const deaf: StateStore = Object.create(store, {
      listen: { value: (): Listening => listening },
    });
    const alone = replica(deaf);
    await alone.find(handle);
    listening.epoch = undefined;
    const asked = reads();
    await alone.find(handle);
    await alone.find(handle);
    expect(reads()).toBe(asked + 2);
    listening.epoch = 2;
    await here.end(handle);
    expect(await alone.find(handle)).toBeUndefined();
  });

  test('a process that missed the end of a session returns the session for at most keepMs', async () => {
    const never = Object.create(store, { listen: { value: (): Listening => ({ epoch: 1 }) } });
    const alone = replica(never, 20);
    await alone.find(handle);
    await here.end(handle);
    await until(async () => !(await alone.find(handle)));
  });

  test('with keepMs 0, sessions are read from the store each time', async () => {
    const careful = replica(store, 0);
    await careful.find(handle);
    const asked = reads();
    await careful.find(handle);
    expect(reads()).toBe(asked + 1);
  });
});
