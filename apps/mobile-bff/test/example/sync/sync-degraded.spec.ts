import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createSyncClient, type JsonObject } from '@bff/diff-sync';
import { startRig, type Rig } from '../../rig.ts';
import { ask, having, MemoryStorage, patched, patchOf, tagOf, viewOf } from './sync.ts';
import {
  firstTruth,
  order,
  startUpstreams,
  type Truth,
  type UpstreamRoute,
  type Upstreams,
} from './upstreams.ts';

let upstreams: Upstreams;
let rig: Rig;
let alice: Record<string, string>;
let truth: Truth;
beforeAll(async () => {
  upstreams = await startUpstreams();
  rig = await startRig(upstreams.env);
  alice = { ...(await rig.as('alice')) };
  truth = upstreams.truthOf('acme', 'alice');
});
afterAll(async () => {
  await rig.close();
  await upstreams.close();
});
beforeEach(() => {
  upstreams.failing.clear();
  Object.assign(truth, firstTruth());
});

const get = (path: string, fields = {}, as = alice) => ask(rig.url + path, { ...as, ...fields });
/** Makes a route answer 429: an error would open a circuit breaker for a minute, which other tests cover. */
const lose = (...routes: UpstreamRoute[]) => routes.forEach((route) => upstreams.failing.set(route, 429));
function deviceAt(origin: string, headers: Record<string, string>, path = '/api/profile') {
  const storage = new MemoryStorage();
  const client = createSyncClient({
    storage,
    fetch: (url, init) => fetch(url, { ...init, headers: { ...headers, ...init.headers } }),
  });
  return { client, storage, url: origin + path };
}

/** Changes a member of every source. */
const moveOn = () =>
  void Object.assign(truth, {
    name: 'Alina',
    last_login: null,
    unread: 7,
    tier: 'silver',
    preferences: { theme: 'light' },
    orders: [order('o9'), ...truth.orders],
    notifications: truth.notifications.slice(1),
  });

const members: [path: string, route: UpstreamRoute, owns: string[]][] = [
  ['/api/profile', 'user', ['name', 'email', 'avatar_url', 'last_login']],
  ['/api/profile', 'preferences', ['preferences']],
  ['/api/profile', 'orders', ['orders']],
  ['/api/profile', 'unread', ['unread_notifications']],
  ['/api/profile', 'tier', ['loyalty_tier']],
  ['/api/home', 'user', ['name']],
  ['/api/home', 'unread', ['unread_notifications']],
  ['/api/home', 'tier', ['loyalty_tier']],
  ['/api/home', 'orders', ['orders']],
  ['/api/home', 'notifications', ['notifications']],
];

describe.each(members)('S9 %s without its source %s', (path, route, owns) => {
  const namesIn = (field: string | null) => field?.match(/[a-z_]+/g)?.sort() ?? [];
  const only = (view: JsonObject, wanted: boolean) =>
    Object.fromEntries(Object.entries(view).filter(([name]) => owns.includes(name) === wanted));

  test('while a source fails, a stale base gets a 226 with fresh members of the other sources, and Sync-Keep names the degraded members', async () => {
    truth.avatar_url = 'https://a.example/1';
    const has = await get(path, having());
    moveOn();
    const complete = viewOf(await get(path));
    lose(route);
    const answer = await get(path, having(has));
    expect(answer.status).toBe(226);
    expect(answer.headers.get('bff-degraded')).toMatch(/;reason=shed;fallback=default$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(namesIn(answer.headers.get('sync-keep')).every((name) => owns.includes(name))).toBe(true);
    const view = patched(viewOf(has), answer) as JsonObject;
    expect(only(view, true)).toEqual(only(viewOf(has), true));
    expect(only(view, false)).toEqual(only(complete, false));

    // The degraded answer has an ETag, so the other members follow once the source has recovered.
    upstreams.failing.clear();
    const back = await get(path, having(answer));
    expect(patched(view, back)).toEqual(complete);
  });

  test('while a source fails, an otherwise unchanged view gets an empty patch, because a 304 could not report the degradation', async () => {
    const has = await get(path, having());
    lose(route);
    const answer = await get(path, having(has));
    expect([answer.status, patchOf(answer), tagOf(answer)]).toEqual([226, [], tagOf(has)]);
    expect(answer.headers.get('bff-degraded')).not.toBeNull();
  });

  test('while a source fails, a client without a base gets a 200 with no-store and without ETag, and Sync-Keep names the degraded members', async () => {
    const complete = viewOf(await get(path));
    lose(route);
    for (const fields of [{}, having()]) {
      const answer = await get(path, fields);
      expect([answer.status, answer.headers.get('etag'), answer.headers.get('cache-control')]).toEqual([
        200,
        null,
        'no-store',
      ]);
      expect(namesIn(answer.headers.get('sync-keep'))).toEqual([...owns].sort());
      expect(JSON.parse(answer.text)._meta).toMatchObject({ complete: false });
      expect(only(viewOf(answer), false)).toEqual(only(complete, false));
    }
  });

  test('a device keeps showing its stored data during the outage of a source, and is up to date afterwards', async () => {
    const { client, url } = deviceAt(rig.url, alice, path);
    const before = (await client.refresh(url)).view;
    lose(route);
    expect((await client.refresh(url)).view).toEqual(before);
    upstreams.failing.clear();
    expect((await client.refresh(url)).outcome).toBe('unchanged');
  });
});

test('S9 a degraded source whose members `fields` does not select does not affect the answer', async () => {
  const path = '/api/profile?fields=name,email,preferences';
  const has = await get(path, having());
  lose('orders');
  const unchanged = await get(path, having(has));
  expect([unchanged.status, tagOf(unchanged)]).toEqual([304, tagOf(has)]);
  lose('preferences');
  const answer = await get(path, having(has));
  expect([answer.status, answer.headers.get('sync-keep')]).toEqual([226, '"preferences"']);
});

test('S9 during the outage of a source, a device without stored data shows the fallbacks and does not store them', async () => {
  const { client, url } = deviceAt(rig.url, alice);
  lose('orders');
  const shown = await client.refresh(url);
  expect([shown.outcome, shown.degraded, shown.view['orders']]).toEqual(['full', ['orders'], []]);
  expect(await client.last(url)).toBeUndefined();
  upstreams.failing.clear();
  expect((await client.refresh(url)).view['orders']).toHaveLength(3);
});

test('S9 a device whose base has expired restores the degraded members from its own data', async () => {
  const { client, url, storage } = deviceAt(rig.url, alice);
  truth.avatar_url = 'https://a.example/1';
  const { view } = await client.refresh(url);
  // A token without a base. Its last four characters identify the policy.
  const { token } = JSON.parse(storage.texts.get(`sync:${url}`)!) as { token: string };
  await storage.set(`sync:${url}`, JSON.stringify({ token: 'x'.repeat(20) + token.slice(20), view }));
  truth.tier = 'platinum';
  lose('user');
  const refreshed = await client.refresh(url);
  expect(refreshed.view).toEqual({ ...view, loyalty_tier: 'platinum' });
  expect(refreshed.degraded.toSorted()).toEqual(['avatar_url', 'email', 'last_login', 'name']);
});

test('S9 a device keeps all its data when every source is degraded', async () => {
  const caching = await startRig({ ...upstreams.env, UPSTREAM_CACHE_BYTES: '16777216' });
  try {
    const device = { ...(await caching.as('alice')) };
    for (const [path, route] of [
      ['/api/orders', 'orders'],
      ['/api/orders/o1', 'order'],
      ['/api/notifications', 'notifications'],
      ['/api/preferences', 'preferences'],
    ] as const) {
      upstreams.failing.clear();
      Object.assign(truth, firstTruth());
      const has = await ask(caching.url + path, { ...device, ...having() });
      lose(route);
      const answer = await ask(caching.url + path, { ...device, ...having(has) });
      expect([path, answer.status, answer.text, tagOf(answer)]).toEqual([path, 226, '[]', tagOf(has)]);
      expect(answer.headers.get('bff-degraded')).toMatch(/fallback=stale/);
      expect(answer.headers.get('sync-keep')?.split(', ')).toHaveLength(Object.keys(viewOf(has)).length);
      // The stale view has no ETag, and none of its members may replace the device's data.
      const whole = await ask(caching.url + path, { ...device, ...having() });
      expect([whole.status, whole.headers.get('sync-keep'), viewOf(whole)]).toEqual([200, null, viewOf(has)]);
    }
  } finally {
    await caching.close();
  }
});

test('S9 members hidden from globex appear neither in the patch nor in Sync-Keep', async () => {
  const gina = { ...(await rig.as('gina')) };
  const path = '/api/profile';
  const has = await get(path, having(), gina);
  expect(Object.keys(viewOf(has))).toEqual(['email', 'name', 'orders']);
  Object.assign(upstreams.truthOf('globex', 'gina'), { name: 'Gina G', tier: 'platinum', unread: 99 });
  lose('tier', 'preferences');
  const answer = await get(path, having(has), gina);
  expect(patchOf(answer)).toEqual([{ op: 'replace', path: '/name', value: 'Gina G' }]);
  expect(answer.headers.get('sync-keep')).toBeNull();
});

test('S9 a device keeps its orders when order-service is killed between two syncs', async () => {
  const living = await startRig({ UPSTREAM_RETRIES: '0', UPSTREAM_CACHE_BYTES: '0' });
  try {
    const { client, url } = deviceAt(living.url, { ...(await living.as('alice')) });
    const before = (await client.refresh(url)).view;
    expect(before['orders']).toHaveLength(5);
    await living.world.services.services.order.close();
    const after = await client.refresh(url);
    expect([after.outcome, after.degraded, after.view]).toEqual(['unchanged', ['orders'], before]);
  } finally {
    await living.close();
  }
});

test('H1 S9 members hidden from globex are not named in any header field', async () => {
  const gina = { ...(await rig.as('gina')) };
  lose('user', 'tier', 'preferences');
  const answer = await get('/api/profile', having(), gina);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('sync-keep')?.split(', ').sort()).toEqual(['"email"', '"name"']);
});
