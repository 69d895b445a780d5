import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { loginToMobileBff } from '@bff/demo-world';
import { createSyncClient } from '@bff/diff-sync';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import { settings } from '../../../src/config.ts';
import { startRig, type Rig } from '../../rig.ts';
import { keysOf, redisCli } from './redis-cli.ts';
import { ask, having, MemoryStorage, patched, patchOf, tagOf, viewOf, type Answered } from './sync.ts';
import { firstTruth, startUpstreams, type Truth, type Upstreams } from './upstreams.ts';

/** Tests that faults of tags, bases, policies, keys and the store cause no errors or leaks between users. */
let folder: string;
let tenantsFile: string;
let redis: TestRedis;
let upstreams: Upstreams;
let rig: Rig;
let alice: Record<string, string>;
let truth: Truth;
const path = '/api/profile';

const defaultTenants = readFileSync(settings.tenantsFile.developmentDefault, 'utf8');
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sync-'));
  tenantsFile = join(folder, 'tenants.json');
  writeFileSync(tenantsFile, defaultTenants);
  [redis, upstreams] = await Promise.all([startRedis(), startUpstreams()]);
  rig = await startRig({ REDIS_URL: redis.url, TENANTS_FILE: tenantsFile, ...upstreams.env });
  alice = await login('alice');
  truth = upstreams.truthOf('acme', 'alice');
});
afterAll(async () => {
  await rig.close();
  await Promise.all([redis.close(), upstreams.close()]);
  rmSync(folder, { recursive: true });
});
beforeEach(() => void Object.assign(truth, firstTruth()));

const login = async (username: string): Promise<Record<string, string>> => ({
  ...(await loginToMobileBff({ url: rig.url, username })),
});
const get = (fields: object = having(), as: object = alice, where = path) =>
  ask(rig.url + where, { ...(as as Record<string, string>), ...(fields as Record<string, string>) });
const names = (field: string) => ({ 'A-IM': 'json-patch', 'If-None-Match': field });
const keyOf = async (answer: Answered): Promise<string | undefined> =>
  (await keysOf(redis, `*:sync:*:${tagOf(answer).slice(1, 25)}`))[0];
/** Returns the stored answer of a device, after its base was written. */
async function first(as: object = alice, where = path): Promise<Answered> {
  const answer = await get(having(), as, where);
  await until(() => keyOf(answer));
  return answer;
}
const moveOn = () => void (truth.tier = 'platinum');

describe('S3 a tag that cannot be used as a base', () => {
  const random = () => `"${randomBytes(18).toString('base64url')}"`;
  const cases: [string, (token: string) => string, string][] = [
    ['random', random, 'unknown'],
    ['one of 50 random ones', () => Array.from({ length: 50 }, random).join(), 'unknown'],
    ['8 KB long', () => `"${'x'.repeat(8_000)}"`, 'malformed'],
    ['truncated', (token) => `"${token.slice(0, 20)}"`, 'malformed'],
    ['without quotes', (token) => token, 'malformed'],
    ['garbage', () => '"";;,,,"\u00ff', 'malformed'],
  ];
  test.each(cases)(
    'a sync with a tag that is %s gets the complete view, and Sync-Reset gives the reason',
    async (_, field, reset) => {
      const has = await first();
      moveOn();
      const answer = await get(names(field(tagOf(has).slice(1, -1))));
      expect([answer.status, answer.headers.get('sync-reset')]).toEqual([200, reset]);
      expect(viewOf(answer)).toEqual(viewOf(await get({})));
      // The complete answer is a valid base.
      expect((await get(having(answer))).status).toBe(304);
    },
  );

  test('a sync with a tag of another user, tenant, screen or session gets a 200 with the reason "unknown"', async () => {
    const has = await first();
    moveOn();
    const [bob, gina] = [await login('bob'), await login('gina')];
    const screen = '/api/home';
    for (const answer of [
      await get(having(has), bob),
      await get(having(has), gina),
      await get(having(has), alice, screen),
      await get(having(has), await login('alice')),
    ])
      expect([answer.status, answer.headers.get('sync-reset')]).toEqual([200, 'unknown']);
  });

  test('equal views of two tenants and two users have different tags', async () => {
    const max = await login('max');
    const ofTenant = async (tenant: string) => tagOf(await get({ 'X-Tenant-ID': tenant }, max));
    const tags = [await ofTenant('acme'), await ofTenant('globex'), tagOf(await get({}))];
    expect(new Set(tags).size).toBe(3);
  });

  test.each(['vcdiff', 'json-patch;q=0', 'json-patch;x=1', 'gzip, ,;;', 'a,'.repeat(520)])(
    'a request with the unsupported A-IM "%s" is answered without the sync protocol',
    async (kinds) => {
      const has = await first();
      moveOn();
      const answer = await get({ ...having(has), 'A-IM': kinds });
      expect([answer.status, answer.headers.get('im'), answer.headers.get('sync-reset')]).toEqual([
        200,
        null,
        null,
      ]);
    },
  );

  test.each([
    ['garbage', Buffer.from('garbage')],
    ['a forged view', deflateRawSync(Buffer.from('2:v1{"name":"Mallory"}'))],
    ['a decompression bomb', deflateRawSync(Buffer.alloc(5_000_000))],
  ])('a sync gets the complete view when the stored base is %s', async (_, bytes) => {
    const has = await first();
    const key = (await keyOf(has))!;
    const octets = [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
    const done = await redisCli(
      redis,
      'EVAL',
      `return redis.call("SET", KEYS[1], "${octets}", "KEEPTTL")`,
      '1',
      key,
    );
    expect(done).toBe('OK\n');
    moveOn();
    const answer = await get(having(has));
    expect([answer.status, answer.headers.get('sync-reset')]).toEqual([200, 'unusable']);
    expect(answer.text).not.toContain('Mallory');
  });
});

describe('S7 change of the policy between two syncs', () => {
  const withBlocked = (...blocked: string[]): string => {
    const { tenants } = JSON.parse(defaultTenants) as {
      tenants: { id: string; fields: { blocked: string[] } }[];
    };
    for (const { id, fields } of tenants) if (id === 'acme') fields.blocked.push(...blocked);
    return JSON.stringify({ tenants });
  };
  async function reload(content: string, follows: (view: Answered) => boolean): Promise<void> {
    writeFileSync(tenantsFile, content);
    await until(async () => follows(await get({})));
  }

  test('after a change of the policy, a patch removes a newly blocked member without its value, and adds a newly allowed member', async () => {
    const has = await first();
    await reload(withBlocked('email', 'theme'), ({ text }) => !text.includes('email'));
    const answer = await get(having(has));
    expect(answer.status).toBe(226);
    expect(patchOf(answer)).toEqual(
      expect.arrayContaining([
        { op: 'remove', path: '/email' },
        { op: 'remove', path: '/preferences/theme' },
      ]),
    );
    expect(answer.text).not.toMatch(/alice@example\.com|dark/);
    expect(patched(viewOf(has), answer)).toEqual(viewOf(await get({})));

    await reload(defaultTenants, ({ text }) => text.includes('email'));
    expect(patchOf(await get(having(answer)))).toContainEqual({
      op: 'add',
      path: '/email',
      value: 'alice@example.com',
    });
  });

  test('S9 a degraded answer takes no member from a base that was stored under another policy', async () => {
    const has = await first();
    await reload(withBlocked('email'), ({ text }) => !text.includes('email'));
    upstreams.failing.set('orders', 429);
    const answer = await get(having(has));
    upstreams.failing.clear();
    expect([answer.status, answer.headers.get('sync-reset')]).toEqual([200, 'policy-changed']);
    expect(answer.text).not.toContain('alice@example.com');
    await reload(defaultTenants, ({ text }) => text.includes('email'));
  });

  test('F42 a newly blocked member is removed from the device even if its source is degraded; other members stay', async () => {
    const storage = new MemoryStorage();
    const { Authorization } = await rig.as('alice');
    const client = createSyncClient({
      storage,
      fetch: (to, init) => fetch(to, { ...init, headers: { Authorization, ...init.headers } }),
    });
    const url = `${rig.url}/api/profile`;
    const { view } = await client.refresh(url);
    expect(JSON.stringify(view['orders'])).toContain('status');
    const { token } = JSON.parse(storage.texts.get(`sync:${url}`)!) as { token: string };
    await until(async () => (await keysOf(redis, `*:sync:*:${token}`)).length > 0);
    await reload(withBlocked('orders[*].status'), ({ text }) => !text.includes('"status"'));
    upstreams.failing.set('orders', 429).set('preferences', 429);
    const refreshed = await client.refresh(url);
    upstreams.failing.clear();
    expect(refreshed.view).toEqual({ ...view, orders: [] });
    expect(refreshed.degraded).toEqual(['preferences']);
    expect([...storage.texts.values()].join()).not.toContain('"status"');
    await reload(defaultTenants, ({ text }) => text.includes('"status"'));
    expect((await client.refresh(url)).view).toEqual(view);
  });

  test('F40 a stored view with values that the policy blocks now is deleted, without a request of its device', async () => {
    const key = await keyOf(await first());
    await reload(withBlocked('email'), ({ text }) => !text.includes('email'));
    const stored = () => keysOf(redis, '*:sync:*');
    await until(async () => !(await stored()).includes(key!), { everyMs: 500, withinMs: 60_000 });
    await reload(defaultTenants, ({ text }) => text.includes('email'));
  }, 90_000);

  test('T2 requests of a suspended tenant are answered with 403, whatever tag they name', async () => {
    const has = await first();
    const suspended = defaultTenants.replace(/("id": "acme"[^}]*?"status": )"active"/, '$1"suspended"');
    expect(suspended).not.toBe(defaultTenants);
    await reload(suspended, ({ status }) => status === 403);
    expect((await get(having(has))).status).toBe(403);
    await reload(defaultTenants, ({ status }) => status === 200);
    expect((await get(having(has))).status).toBe(304);
  });
});

test('a user of globex receives only name, email and order ids by sync', async () => {
  const gina = await login('gina');
  const ginas = upstreams.truthOf('globex', 'gina');
  const has = await first(gina);
  expect(Object.keys(viewOf(has))).toEqual(['email', 'name', 'orders']);
  Object.assign(ginas, { tier: 'platinum', unread: 9, preferences: {} });
  ginas.orders[0]!.status = 'shipped';
  expect((await get(having(has), gina)).status).toBe(304);
  ginas.orders.unshift({ ...ginas.orders[0]!, id: 'new' });
  expect(patchOf(await get(having(has), gina))).toEqual([
    { op: 'add', path: '/orders/0', value: { id: 'new' } },
  ]);
});

test('S3 after a key rotation, tags of the previous key are valid for 304 and 226, and tags of a retired key for neither', async () => {
  const oldKey = settings.etagKey.developmentDefault;
  const [newKey, newest] = [
    'the second key of this rotation, of 32',
    'the third key of this rotation, of 32',
  ];
  const rotated = await rig.replica({ ETAG_KEY: newKey, ETAG_KEY_PREVIOUS: oldKey });
  const retired = await rig.replica({ ETAG_KEY: newest, ETAG_KEY_PREVIOUS: newKey });
  const at = (origin: string, fields: object) =>
    ask(origin + path, { ...alice, ...(fields as Record<string, string>) });

  const has = await first();
  const same = await at(rotated.url, having(has));
  expect([same.status, tagOf(same) === tagOf(has)]).toEqual([304, false]);
  expect((await at(rotated.url, having(same))).status).toBe(304);
  moveOn();
  const answer = await at(rotated.url, having(has));
  expect(patched(viewOf(has), answer)).toEqual(viewOf(await get({})));
  expect(answer.status).toBe(226);
  const list = '/api/orders?limit=1';
  const cursor = String(viewOf(await get({}, alice, list))['next_cursor']);
  const turnTo = (origin: string) => ask(`${origin}${list}&cursor=${cursor}`, alice);
  expect([(await turnTo(rotated.url)).status, (await turnTo(retired.url)).status]).toEqual([200, 400]);
  const late = await at(retired.url, having(has));
  expect([late.status, late.headers.get('sync-reset')]).toEqual([200, 'unusable']);
});

describe('faults of the store', () => {
  const device = (headers: () => object) => {
    const storage = new MemoryStorage();
    const statuses: number[] = [];
    const client = createSyncClient({
      storage,
      async fetch(url, init) {
        const answer = await fetch(url, { ...init, headers: { ...headers(), ...init.headers } });
        statuses.push(answer.status);
        return answer;
      },
    });
    return { refresh: () => client.refresh(rig.url + path), statuses };
  };

  test('S10 when the store is full, sync sends complete views instead of patches, and no errors', async () => {
    const { refresh, statuses } = device(() => alice);
    await refresh();
    await redisCli(redis, 'CONFIG', 'SET', 'maxmemory', '1');
    try {
      expect((await refresh()).outcome).toBe('unchanged');
      for (const tier of ['one', 'two', 'three']) {
        truth.tier = tier;
        expect((await refresh()).view['loyalty_tier']).toBe(tier);
      }
    } finally {
      await redisCli(redis, 'CONFIG', 'SET', 'maxmemory', '0');
    }
    expect(statuses.filter((status) => status >= 400)).toEqual([]);
  });

  test('a device gets the complete view again after the store lost its bases, stopped, and restarted empty', async () => {
    let headers = alice;
    const { refresh, statuses } = device(() => headers);
    const { view } = await refresh();
    await redisCli(redis, 'DEL', ...(await keysOf(redis, '*:sync:*')));
    expect((await refresh()).outcome).toBe('unchanged');
    moveOn();
    expect((await refresh()).outcome).toBe('full');

    // The store also has the sessions: without it requests get 503, and nobody is logged out (W10).
    await redis.kill();
    truth.tier = 'silver';
    const offline = await refresh();
    expect([offline.outcome, offline.view]).toEqual(['kept', { ...view, loyalty_tier: 'platinum' }]);
    expect(new Set(statuses.splice(0))).toEqual(new Set([200, 304, 503]));

    await redis.start();
    await rig.ready();
    headers = alice = await login('alice');
    const back = await refresh();
    expect([back.outcome, back.view]).toEqual(['full', viewOf(await get({}))]);
    truth.tier = 'gold';
    const { view: last } = await refresh();
    expect(last).toEqual(viewOf(await get({})));
    expect(statuses.filter((status) => status >= 400)).toEqual([]);
  }, 20_000);
});
