import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import { after } from './after.ts';
import { withoutLimits, startRig, type Answered, type Asked, type Rig } from '../rig.ts';

let redis: TestRedis;
let rig: Rig;
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ BURST_LIMIT: '100000', REDIS_URL: redis.url, ...withoutLimits });
});
afterAll(async () => {
  await rig.close();
  await redis.close();
});
afterEach(() => {
  for (const service of Object.values(rig.world.services.services)) service.faults.clear();
});

const path = '/v2/customers/alice/preferences';
const patchRoute = '/api/v1/users/:id/preferences';
const etag = async (at = path): Promise<string> => (await rig.ask(at)).headers.get('etag')!;
const patch = async (body: unknown, options: Asked = {}): Promise<Answered> =>
  rig.ask(path, {
    method: 'PATCH',
    ...options,
    body,
    headers: { 'Idempotency-Key': randomUUID(), 'If-Match': await etag(), ...options.headers },
  });
/** Keys of the idempotency entries in Redis; client and user are the partner. */
const recordOf = (key: string): string => {
  const parts = JSON.stringify(['acme-erp', 'acme-erp', key]);
  return `{acme}:idempotency:${createHash('sha256').update(parts).digest('base64url')}`;
};
const preferenceCalls = () => rig.world.services.services.user.calls()[patchRoute]!;
const unread = async () =>
  (await rig.ask('/v2/customers/alice/notifications?limit=100')).body.notifications.filter(
    ({ readAt }: { readAt: string | null }) => readAt === null,
  );

describe('PATCH preferences', () => {
  test('PATCH changes the preferences and returns the new ETag', async () => {
    const changed = await patch({ color: 'green', gone: null });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ preferences: { color: 'green' }, _meta: { complete: true } });
    expect(changed.headers.get('etag')).toBe(await etag());
    expect(changed.headers.get('cache-control')).toBe('no-store');
    const old = await patch({ color: 'green' }, {}).then(async () =>
      rig.ask('/v1/customers/alice/preferences'),
    );
    expect(old.body.preferences).toMatchObject({ color: 'green' });
  });

  test('answers 412 and writes nothing when the ETag is outdated, weak, foreign or forged', async () => {
    const stale = await etag();
    await patch({ first: randomUUID() });
    const current = await etag();
    const bobs = await etag('/v2/customers/bob/preferences');
    for (const tag of [stale, `W/${current}`, bobs, '"invented"', '', 'nonsense']) {
      const { status, body } = await patch({ stolen: true }, { headers: { 'If-Match': tag } });
      expect([tag, status, body.type]).toEqual([tag, 412, '/problems/precondition-failed']);
    }
    expect((await rig.ask(path)).body.preferences).not.toHaveProperty('stolen');
  });

  test.each(['*', 'several tags', 'the tag of a content coding', 'the tag of a selection'])(
    'PATCH accepts If-Match with %s',
    async (which) => {
      const current = await etag();
      const tag = {
        '*': '*',
        'several tags': `"x", ${current}`,
        'the tag of a content coding': current.replace(/"$/, '-br"'),
        'the tag of a selection': await etag(`${path}?fields=preferences.theme`),
      }[which]!;
      expect((await patch({ [which]: 1 }, { headers: { 'If-Match': tag } })).status).toBe(200);
    },
  );

  test.each<[string, number, Asked, unknown]>([
    ['a change without If-Match', 428, { headers: { 'If-Match': undefined as never } }, {}],
    ['a change without Idempotency-Key', 400, { headers: { 'Idempotency-Key': undefined as never } }, {}],
    ['F44 a change with the reserved member _meta', 422, {}, { _meta: { etag: 'x' } }],
    ['F58 a change whose Idempotency-Key is not a string', 400, { headers: { 'Idempotency-Key': '?1' } }, {}],
    ['a change whose body is an array', 422, {}, []],
    ['a change whose body is a string', 422, {}, 'x'],
    ['a change of another media type', 415, { headers: { 'Content-Type': 'application/json' } }, {}],
    ['a change of 200 KB', 413, {}, { x: 'x'.repeat(200_000) }],
    ['a change nested 50 levels deep', 400, {}, JSON.parse('{"x":'.repeat(50) + '1' + '}'.repeat(50))],
  ])('%s is answered with %d, without an upstream call', async (_title, status, { headers = {} }, body) => {
    const all = { 'Idempotency-Key': randomUUID(), 'If-Match': await etag(), ...headers };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    const before = preferenceCalls();
    const answer = await rig.ask(path, { method: 'PATCH', body, headers: given });
    expect([answer.status, preferenceCalls()]).toEqual([status, before]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  test('answers 422 without an upstream call to a change of a member that the tenant may not see', async () => {
    const before = rig.calls();
    const options = (method: string) =>
      ({
        client: 'globex-crm',
        method,
        headers: { 'Idempotency-Key': randomUUID(), 'If-Match': '*' },
      }) as const;
    const { status } = await rig.ask('/v2/customers/gina/preferences', {
      ...options('PATCH'),
      body: { a: 1 },
    });
    const read = await rig.ask('/v2/notifications/n-1/read', options('POST'));
    const hidden = await patch({ deep: [{ ssn: '1' }] });
    expect([status, read.status, hidden.status]).toEqual([422, 422, 422]);
    expect(rig.calls() - before).toBe(1); // the read of the ETag for `patch`
  });

  test('a patch that removes or replaces a member that contains a hidden member gets 422', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'partner-writes-'));
    const file = join(folder, 'tenants.json');
    const seesAll = { id: 'acme', name: 'Acme', status: 'active', fields: {} };
    writeFileSync(file, JSON.stringify({ tenants: [seesAll] }));
    const { url: at } = await rig.replica({ TENANTS_FILE: file });
    const headers = { 'If-Match': '*' };
    expect((await patch({ deep: { ssn: '1', open: 1 } }, { headers, at })).status).toBe(200);
    for (const body of [{ deep: null }, { deep: 'x' }, { deep: [] }])
      expect([body, (await patch(body, { headers })).status]).toEqual([body, 422]);
    expect((await patch({ deep: { open: 2 } }, { headers })).body.preferences.deep).toEqual({ open: 2 });
    expect((await rig.ask(path, { at })).body.preferences.deep).toEqual({ ssn: '1', open: 2 });
    rmSync(folder, { recursive: true });
  });

  test('a member that the policy hides on one screen is hidden in answers to writes of that screen, and visible on another screen', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'partner-screens-'));
    const file = join(folder, 'tenants.json');
    const screens = { preferences: { blocked: ['color'] }, profile: { blocked: ['loyalty_tier'] } };
    writeFileSync(
      file,
      JSON.stringify({ tenants: [{ id: 'acme', name: 'Acme', status: 'active', fields: {}, screens }] }),
    );
    const { url: at } = await rig.replica({ TENANTS_FILE: file });
    await patch({ color: 'blue', shade: 'dark' });
    const headers = { 'If-Match': '*' };
    expect((await patch({ color: 'red' }, { headers, at })).status).toBe(422);
    expect((await patch({ color: null }, { headers, at })).status).toBe(422);
    const changed = await patch({ shade: 'light' }, { headers, at });
    expect(changed.body.preferences).toMatchObject({ shade: 'light' });
    expect(changed.body.preferences).not.toHaveProperty('color');
    const profile = (await rig.ask('/v2/customers/alice/profile', { at })).body;
    expect(profile.preferences).toMatchObject({ color: 'blue', shade: 'light' });
    expect(profile).not.toHaveProperty('loyaltyTier');
    expect((await rig.ask('/v2/customers/alice/profile')).body).toHaveProperty('loyaltyTier');
    rmSync(folder, { recursive: true });
  });

  test('a change for a customer of another tenant gets 404', async () => {
    const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': '*' };
    const answer = await rig.ask('/v2/customers/gina/preferences', {
      method: 'PATCH',
      body: { a: 1 },
      headers,
    });
    expect(answer.status).toBe(404);
  });
});

describe('T5 Idempotency-Key', () => {
  test('a repeated Idempotency-Key gets the stored status and body, marked as a replay, and the write is not repeated', async () => {
    const headers = { 'Idempotency-Key': `"${randomUUID()}"`, 'If-Match': await etag() };
    const first = await patch({ once: 1 }, { headers });
    const calls = preferenceCalls();
    const again = await rig.ask(path, { method: 'PATCH', headers, body: { once: 1 } });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([
      200,
      first.text,
      first.headers.get('etag'),
    ]);
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(preferenceCalls()).toBe(calls);
    expect((await rig.ask(path, { method: 'PATCH', headers, body: { once: 2 } })).status).toBe(422);
    expect(
      (await rig.ask('/v2/customers/bob/preferences', { method: 'PATCH', headers, body: { once: 1 } }))
        .status,
    ).toBe(422);
  });

  test('F44 a repeated Idempotency-Key is a replay when the members of the bodies differ only in order', async () => {
    const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': '*' };
    const first = await patch({ one: { a: 1, b: 2 }, two: 2 }, { headers });
    const again = await rig.ask(path, { method: 'PATCH', headers, body: { two: 2, one: { b: 2, a: 1 } } });
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([
      200,
      first.text,
      'true',
    ]);
    expect(
      (await rig.ask(path, { method: 'PATCH', headers, body: { two: 2, one: { b: 1, a: 2 } } })).status,
    ).toBe(422);
  });

  test('a write that was rejected gets the same rejection as a replay', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await rig.ask('/v2/notifications/nowhere/read', { method: 'POST', headers });
    const again = await rig.ask('/v2/notifications/nowhere/read', { method: 'POST', headers });
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([
      404,
      404,
      'true',
    ]);
  });

  test('a repeated Idempotency-Key gets 409 with Retry-After while the first request is in flight, and 422 with another payload', async () => {
    rig.world.services.services.user.faults.set({ route: patchRoute, kind: 'hang' });
    const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': '*' };
    const calls = preferenceCalls();
    const first = rig.ask(path, { method: 'PATCH', headers, body: { a: 1 } });
    await until(() => preferenceCalls() > calls);
    const second = await rig.ask(path, { method: 'PATCH', headers, body: { a: 1 } });
    const third = await rig.ask(path, { method: 'PATCH', headers, body: { a: 2 } });
    expect([second.status, second.headers.get('retry-after'), third.status]).toEqual([409, '1', 422]);
    // The outcome of the first request is unknown, so the key is released.
    expect((await first).status).toBe(504);
    rig.world.services.services.user.faults.clear();
    expect((await rig.ask(path, { method: 'PATCH', headers, body: { a: 1 } })).status).toBe(200);
  });

  test('50 parallel requests with one Idempotency-Key at three replicas have one effect and get the same answer', async () => {
    const doors = [rig.service.url, (await rig.replica()).url, (await rig.replica()).url];
    const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': await etag() };
    const calls = preferenceCalls();
    const persist = (index: number) =>
      after(409, () =>
        rig.ask(path, { method: 'PATCH', headers, body: { parallel: 1 }, at: doors[index % 3]! }),
      );
    const all = await Promise.all(Array.from({ length: 50 }, (_, index) => persist(index)));
    const [first] = all;
    for (const answer of all) expect([answer.status, answer.text]).toEqual([200, first!.text]);
    expect(all.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(preferenceCalls() - calls).toBe(2); // one read of the current state, and the change
  }, 30_000);

  test('a client that disconnected gets the outcome by repeating the request', async () => {
    rig.world.services.services.notification.faults.set({ route: '*', kind: 'latency', ms: 50 });
    const [{ id }] = await unread();
    const headers = { ...(await rig.as('acme-erp')), 'Idempotency-Key': randomUUID() };
    const url = `${rig.service.url}/v2/notifications/${id}/read`;
    const reads = () => rig.world.services.services.notification.calls()['/api/v1/notifications/:id/read']!;
    const before = reads();
    const disconnect = new AbortController();
    const first = fetch(url, { method: 'POST', headers, signal: disconnect.signal }).catch(() => undefined);
    await until(() => reads() > before);
    disconnect.abort();
    await first;
    const again = await after(409, () => fetch(url, { method: 'POST', headers }));
    expect([again.status, again.headers.get('idempotency-replayed'), reads() - before]).toEqual([
      200,
      'true',
      1,
    ]);
  });

  test('a write takes effect once, and its retry gets the same answer, after a crash between the write and its record', async () => {
    const [{ id }] = await unread();
    const key = randomUUID();
    const post = () =>
      rig.ask(`/v2/notifications/${id}/read`, { method: 'POST', headers: { 'Idempotency-Key': key } });
    const first = await post();
    const redisKey = recordOf(key);
    const { fingerprint } = JSON.parse(redis.cli('get', redisKey));
    redis.cli('set', redisKey, JSON.stringify({ fingerprint }), 'px', '300');
    expect((await post()).status).toBe(409);
    const again = await after(409, post);
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect((await post()).headers.get('idempotency-replayed')).toBe('true');
  });

  test('T2 a replay omits members that the tenant may not see any more', async () => {
    const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': '*' };
    await rig.ask(path, { method: 'PATCH', headers, body: { a: 'seen-before' } });
    const { owner } = JSON.parse(redis.cli('get', recordOf(headers['Idempotency-Key'])));
    const viewKey = `{acme}:idempotency:view:${owner}`;
    const kept = JSON.parse(redis.cli('get', viewKey));
    kept.view.preferences.internal_notes = 'kept when the policy was another';
    redis.cli('set', viewKey, JSON.stringify(kept), 'px', '60000');
    const again = await rig.ask(path, { method: 'PATCH', headers, body: { a: 'seen-before' } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body.preferences).toMatchObject({ a: 'seen-before' });
    expect(again.text).not.toMatch(/internal_notes|kept when/);
  });

  test('T1 every Redis key of a write contains the tenant', async () => {
    await patch({ seen: 1 });
    const keys = redis.cli('--scan').trim().split('\n');
    expect(keys.filter((key) => key.includes('idempotency')).length).toBeGreaterThan(0);
    for (const key of keys) expect(key).toMatch(/^\{(acme|globex)\}:(limit|idempotency):/);
  });

  test('during an outage of Redis, writes get 503 with Retry-After and have no effect, and reads succeed', async () => {
    await redis.kill();
    const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': '*' };
    const calls = preferenceCalls();
    const { status, headers: told } = await rig.ask(path, { method: 'PATCH', headers, body: { a: 1 } });
    expect([status, told.get('retry-after'), preferenceCalls()]).toEqual([503, '5', calls]);
    expect((await rig.ask(path)).status).toBe(200);
    await redis.start();
  });
});

describe('POST notifications/{id}/read', () => {
  test('when a notification is marked as read again, in another version of the API, its readAt does not change', async () => {
    const [{ id }] = await unread();
    const post = (version: string) =>
      rig.ask(`/${version}/notifications/${id}/read`, {
        method: 'POST',
        headers: { 'Idempotency-Key': randomUUID() },
      });
    // Follows the previous test, after which the connection to Redis is re-established in the background.
    const first = await after(503, () => post('v2'));
    expect(first.body).toMatchObject({ id, readAt: expect.stringMatching(/^\d{4}-/) });
    const old = await post('v1');
    expect(old.body).toMatchObject({ id, read_at: first.body.readAt });
    expect((await unread()).map((each: { id: string }) => each.id)).not.toContain(id);
  });
});
