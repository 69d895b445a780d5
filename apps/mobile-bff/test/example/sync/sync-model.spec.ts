import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loginToMobileBff } from '@bff/demo-world';
import { createSyncClient, SyncFailed, type JsonObject, type SyncClient } from '@bff/diff-sync';
import { startRedis, type TestRedis } from '@bff/testbed';
import { settings } from '../../../src/config.ts';
import { startRig, type Rig } from '../../rig.ts';
import { keysOf, redisCli } from './redis-cli.ts';
import { RemainderChance } from './remainder-chance.ts';
import { ask, MemoryStorage, viewOf } from './sync.ts';
import {
  firstTruth,
  notification,
  order,
  startUpstreams,
  type Truth,
  type UpstreamRoute,
  type Upstreams,
} from './upstreams.ts';

/**
 * Members that each source provides, by screen. A screen with only one source fails without that source.
 */
const screens: Record<string, Partial<Record<UpstreamRoute, readonly string[]>>> = {
  '/api/profile': {
    user: ['name', 'email', 'avatar_url', 'last_login'],
    preferences: ['preferences'],
    orders: ['orders'],
    unread: ['unread_notifications'],
    tier: ['loyalty_tier'],
  },
  '/api/home': {
    user: ['name'],
    unread: ['unread_notifications'],
    tier: ['loyalty_tier'],
    orders: ['orders'],
    notifications: ['notifications'],
  },
  '/api/orders?limit=3': { orders: [] },
  '/api/orders/o1': { order: [] },
  '/api/notifications': { notifications: [] },
  '/api/preferences': { preferences: [] },
  '/api/profile?fields=email,orders[*].status,preferences': {
    user: ['email'],
    preferences: ['preferences'],
    orders: ['orders'],
    unread: [],
    tier: [],
  },
};
const paths = Object.keys(screens);
const routes: readonly UpstreamRoute[] = [
  'user',
  'preferences',
  'orders',
  'order',
  'unread',
  'notifications',
  'tier',
];

let redis: TestRedis;
let upstreams: Upstreams;
let rig: Rig;
let origins: string[];
let sessions: { readonly user: string; readonly Authorization: string }[];
/**
 * Three replicas during a key rotation: each creates tags with its key and recognizes those of the others.
 */
beforeAll(async () => {
  [redis, upstreams] = await Promise.all([startRedis(), startUpstreams()]);
  const oldKey = settings.etagKey.developmentDefault;
  const newKey = 'the key that is coming, of 32 characters';
  rig = await startRig({ REDIS_URL: redis.url, ...upstreams.env, ETAG_KEY_PREVIOUS: newKey });
  const next = { ETAG_KEY: newKey, ETAG_KEY_PREVIOUS: oldKey };
  const others = [await rig.replica(next), await rig.replica(next)];
  origins = [rig.service, ...others].map(({ url }) => url);
  sessions = [];
  for (const user of ['alice', 'alice', 'bob', 'gina'])
    sessions.push({ user, ...(await loginToMobileBff({ url: rig.url, username: user })) });
});
afterAll(async () => {
  await rig.close();
  await Promise.all([redis.close(), upstreams.close()]);
});

const changes: readonly ((truth: Truth, chance: RemainderChance) => void)[] = [
  (now, chance) => (now.name = chance.pick(['Alice', 'Al', '', 'Алиса'])),
  (now, chance) => (now.avatar_url = chance.pick([null, 'https://a.example/1'])),
  (now, chance) => (now.last_login = chance.pick([null, '2026-11-22T12:00:00Z'])),
  (now, chance) => (now.unread = chance.below(3)),
  (now, chance) => (now.tier = chance.pick(['gold', 'standard'])),
  (now, chance) => (now.preferences[chance.pick(['theme', 'a/b', '~'])] = chance.pick([null, 0, '', { deep: [1] }])),
  (now) => (now.preferences = {}),
  (now, chance) => void now.orders.unshift(order(`o${chance.below(1_000)}`, chance.pick(['paid', 'pending']))),
  (now, chance) => void now.orders.splice(chance.below(3), 1),
  (now, chance) => void now.orders.sort(() => chance.below(3) - 1),
  (now, chance) => { for (const each of now.orders) if (chance.percent(30)) each.status = `status ${chance.below(9)}`; },
  (now, chance) => void now.notifications.unshift(notification(`n${chance.below(1_000)}`)),
  (now, chance) => { for (const each of now.notifications) each.read_at = chance.pick([null, '2026-11-22T12:00:00Z']); },
]; // prettier-ignore

/** Replaces cursors by their target: each replica seals them with its own key, so their text differs. */
const readable = (view: object | undefined) =>
  view && 'next_cursor' in view ? { ...view, next_cursor: 'sealed' } : view;

/** Simulates four devices; returns what occurred. Throws at the first difference from a full fetch. */
async function live(seed: number, steps: number): Promise<Record<string, number>> {
  const chance = new RemainderChance(seed);
  const seen: Record<string, number> = {};
  const count = (what: string) => (seen[what] = (seen[what] ?? 0) + 1);
  const where = (step: number, what: string) => `seed ${seed}, step ${step}: ${what}`;
  const truthOf = (user: string) => upstreams.truthOf(user === 'gina' ? 'globex' : 'acme', user);
  let loss = 0;
  for (const { user } of sessions) Object.assign(truthOf(user), firstTruth());

  const devices = sessions.map(({ user, Authorization }) => {
    const client: SyncClient = createSyncClient({
      storage: new MemoryStorage(),
      async fetch(path, init) {
        const answer = await fetch(chance.pick(origins) + path, {
          ...init,
          headers: { ...init.headers, Authorization, 'Accept-Encoding': chance.pick(['identity', 'gzip']) },
        });
        count(answer.headers.get('sync-reset') ? 'reset' : String(answer.status));
        if (chance.percent(loss)) throw new TypeError('fetch failed');
        return answer;
      },
    });
    return { user, Authorization, client };
  });
  type Device = (typeof devices)[number];

  async function complete({ Authorization }: Device, path: string): Promise<JsonObject> {
    const failing = [...upstreams.failing];
    upstreams.failing.clear();
    const answer = await ask(chance.pick(origins) + path, { Authorization });
    for (const [route, status] of failing) upstreams.failing.set(route, status);
    return answer.status === 404 ? { gone: true } : viewOf(answer);
  }

  /**
   * Refreshes a screen and compares the view of the device with the expected one: its own data of degraded
   * sources, otherwise the data of a full fetch. Returns the outcome.
   */
  async function check(step: number, device: Device, path: string): Promise<string> {
    const sources = Object.entries(screens[path]!) as [UpstreamRoute, readonly string[]][];
    const lost = sources.filter(([route]) => upstreams.failing.has(route));
    const before = await device.client.last(path);
    const whole = await complete(device, path);
    let outcome: string;
    let view: JsonObject | undefined;
    try {
      ({ outcome, view } = await device.client.refresh(path));
    } catch (error) {
      if (!(error instanceof SyncFailed)) throw error;
      outcome = error.status === 404 ? 'gone' : 'nothing to show';
    }
    count(outcome);
    if (outcome === 'gone')
      expect({ [where(step, path)]: whole }).toEqual({ [where(step, path)]: { gone: true } });
    if (outcome === 'gone' || outcome === 'nothing to show' || !before) return outcome;
    const expected: Record<string, unknown> = { ...(outcome === 'kept' ? before : whole) };
    for (const name of outcome === 'kept' ? [] : lost.flatMap(([, owns]) => owns))
      if (Object.hasOwn(before, name)) expected[name] = before[name];
      else Reflect.deleteProperty(expected, name);
    expect({ [where(step, path)]: readable(view) }).toEqual({ [where(step, path)]: readable(expected) });
    return outcome;
  }

  for (let step = 0; step < steps; step++) {
    const ticket = chance.below(100);
    if (ticket < 60) chance.pick(changes)(truthOf(chance.pick(sessions).user), chance);
    else if (ticket < 75) {
      upstreams.failing.clear();
      // 429, because it opens no circuit breaker; an open one would reject calls for most of the run.
      for (const route of routes) if (chance.percent(25)) upstreams.failing.set(route, 429);
    } else if (ticket < 82) upstreams.failing.clear();
    else if (ticket < 90) loss = chance.pick([0, 0, 30]);
    else {
      const keys = await keysOf(redis, '*:sync:*');
      if (keys.length > 0) await redisCli(redis, 'DEL', ...keys.filter(() => chance.percent(50)), 'none');
    }
    await check(step, chance.pick(devices), chance.pick(paths.slice(0, 2 + chance.below(paths.length - 1))));
  }

  upstreams.failing.clear();
  loss = 0;
  for (const { user } of sessions) truthOf(user).orders = [order('o1')];
  for (const device of devices)
    for (const path of [chance.pick(paths), chance.pick(paths)]) {
      await check(steps, device, path);
      expect(await check(steps + 1, device, path)).toBe('unchanged');
      expect(await device.client.last(path)).toEqual(await complete(device, path));
    }
  return seen;
}

const seeds = Array.from({ length: 48 }, (_, index) => index + 1);
const total: Record<string, number> = {};
test.each([0, 1, 2, 3])(
  'S11 no device differs from a full fetch in 12 simulations with random changes, losses, key rotation, evictions and degraded sources (%i)',
  async (quarter) => {
    for (const seed of seeds.filter((each) => each % 4 === quarter))
      for (const [what, times] of Object.entries(await live(seed, 24)))
        total[what] = (total[what] ?? 0) + times;
  },
  90_000,
);

test('S11 the simulations include every kind of answer and event', () => {
  for (const what of ['200', '226', '304', '503', 'reset', 'unchanged', 'patched', 'full', 'kept'])
    expect([what, total[what] ?? 0]).toEqual([what, expect.any(Number)]);
  expect(
    Math.min(...['200', '226', '304', '503', 'reset', 'kept'].map((what) => total[what] ?? 0)),
  ).toBeGreaterThan(10);
});
