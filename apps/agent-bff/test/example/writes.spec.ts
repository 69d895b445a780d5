import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { internalTokenVerifier } from '@bff/auth-delegation';
import { withoutLimits, startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig(withoutLimits);
});
afterAll(() => rig.close());

const writesOf = () => rig.world.services.services.notification.calls();
const anId = async (user: string, index = 0): Promise<string> =>
  (await rig.call('listNotifications', {}, { user })).structured.notifications[index].id;

describe('identical calls', () => {
  test('identical writes without an idempotency key reach the service once, also when they are concurrent', async () => {
    const user = 'acme-user-040';
    const id = await anId(user);
    const called = await Promise.all(
      Array.from({ length: 10 }, () => rig.call('markNotificationRead', { id }, { user })),
    );
    const made = called.filter(({ isError }) => !isError);
    expect(made.filter(({ structured }) => structured._meta.replayed === undefined)).toHaveLength(1);
    expect(new Set(made.map(({ structured }) => structured._meta.idempotency_key)).size).toBe(1);
    for (const { texts, isError } of called)
      if (isError) expect(texts[0]).toMatch(/Call again in a few seconds/);
    const again = await rig.call('markNotificationRead', { id }, { user });
    expect(again.structured._meta).toMatchObject({ done: true, replayed: true });
    const route = Object.keys(writesOf()).find((each) => each.endsWith('/read'))!;
    expect(writesOf()[route]).toBe(1);
  });

  test('a repeated write with a new idempotency key is made again, and a write with the key of another call is rejected', async () => {
    const user = 'acme-user-041';
    const [one, other] = [await anId(user, 0), await anId(user, 1)];
    const call = (id: string, idempotency_key: string) =>
      rig.call('markNotificationRead', { id, idempotency_key }, { user });
    expect((await call(one, 'k1')).structured._meta).toEqual(
      expect.objectContaining({ done: true, idempotency_key: 'k1' }),
    );
    expect((await call(one, 'k1')).structured._meta.replayed).toBe(true);
    expect((await call(one, 'k2')).structured._meta.replayed).toBeUndefined();
    const refused = await call(other, 'k1');
    expect([refused.isError, refused.texts]).toEqual([
      true,
      [expect.stringMatching(/Call again with other arguments/)],
    ]);
  });
});

describe('write receipts', () => {
  test('a write receipt states that the write was applied or why it was rejected, and other users get the state "unknown"', async () => {
    const user = 'acme-user-045';
    const id = await anId(user);
    const receipt = (key: string, who = user) =>
      rig.call('getWriteReceipt', { idempotency_key: key }, { user: who });
    await rig.call('markNotificationRead', { id, idempotency_key: 'one' }, { user });
    await rig.call('markNotificationRead', { id: 'nothing', idempotency_key: 'two' }, { user });
    expect((await receipt('one')).structured).toMatchObject({ state: 'applied' });
    expect((await receipt('two')).structured).toMatchObject({
      state: 'refused',
      reason: 'Not found',
    });
    const others = await receipt('one', 'acme-user-046');
    expect([others.structured.state, others.texts[1]]).toEqual([
      'unknown',
      expect.stringMatching(/call it again with the same idempotency_key/),
    ]);
    expect((await rig.call('getWriteReceipt', {}, { user })).isError).toBe(true);
  });
});

describe('deletions', () => {
  test('a deletion takes two calls: the first only returns a confirmation token, the second deletes', async () => {
    const user = 'acme-user-042';
    const id = await anId(user);
    const first = await rig.call('removeNotification', { id }, { user });
    expect(first.structured).toEqual({
      _meta: { done: false, confirm: { token: expect.any(String), expires_in_seconds: 120 } },
    });
    expect(first.texts[1]).toMatch(/^Nothing was done yet\. .*Remove a notification/);
    expect(await anId(user)).toBe(id);
    const confirm = first.structured._meta.confirm.token;
    const second = await rig.call('removeNotification', { id, confirm }, { user });
    expect(second.structured._meta).toMatchObject({ done: true });
    expect(await anId(user)).not.toBe(id);
    const third = await rig.call('removeNotification', { id, confirm }, { user });
    expect([third.isError, third.texts]).toEqual([
      true,
      [expect.stringMatching(/used before\. Nothing was done/)],
    ]);
  });

  test.each([
    ['other arguments', async (id: string, confirm: string) => ({ given: { id: `${id}x`, confirm } })],
    ['another user', async (id: string, confirm: string) => ({ given: { id, confirm }, user: 'bob' })],
    ['a forger', async (id: string) => ({ given: { id, confirm: 'a.b.c' } })],
  ])('rejects a deletion with the confirmation token of %s', async (_, changed) => {
    const user = 'acme-user-043';
    const id = await anId(user);
    const first = await rig.call('removeNotification', { id }, { user });
    const { given, user: who = user } = (await changed(id, first.structured._meta.confirm.token)) as {
      given: object;
      user?: string;
    };
    const before = rig.calls();
    const refused = await rig.call('removeNotification', given, { user: who });
    expect([refused.isError, refused.texts, rig.calls()]).toEqual([
      true,
      [expect.stringMatching(/confirmation is not valid/)],
      before,
    ]);
    expect(await anId(user)).toBe(id);
  });
});

test('a change requires the `version` argument and ignores `If-Match` and `Idempotency-Key` of the HTTP request', async () => {
  const user = 'acme-user-044';
  const { structured } = await rig.call('getPreferences', {}, { user });
  const { version } = structured._meta;
  const missing = await rig.call(
    'changePreferences',
    { body: { theme: 'x' } },
    { user, headers: { 'If-Match': `"${version}"` } },
  );
  expect([missing.isError, missing.texts]).toEqual([true, [expect.stringMatching(/version: /)]]);
  const changed = await rig.call(
    'changePreferences',
    { body: { theme: 'x' }, version },
    { user, headers: { 'If-Match': '"other"', 'Idempotency-Key': 'k' } },
  );
  expect(changed.structured).toMatchObject({ theme: 'x', _meta: { done: true } });
});

test('the internal token has the user as subject, the agent as actor, and the scopes that the user granted', async () => {
  const seen: string[] = [];
  const recorder = createServer(({ headers }, response) => {
    seen.push(headers.authorization ?? '');
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"items":[],"next_cursor":null}');
  }).listen(0, '127.0.0.1');
  await once(recorder, 'listening');
  const { port } = recorder.address() as AddressInfo;
  const replica = await rig.replica({ ORDER_SERVICE_URL: `http://127.0.0.1:${port}` });
  const called = await rig.call('listOrders', {}, { scope: 'orders:read', at: `${replica.url}/mcp` });
  recorder.close();
  expect(called.structured).toMatchObject({ orders: [] });
  const secret = rig.world.env['INTERNAL_JWT_SECRET']!;
  const claims = await internalTokenVerifier({ audience: 'order-service', secret }).verify(
    seen[0]!.replace('Bearer ', ''),
  );
  expect(claims).toMatchObject({
    sub: 'alice',
    act: { sub: 'dev' },
    azp: 'agent-bff',
    tid: 'acme',
    roles: ['user', 'admin'],
    scope: 'orders:read',
  });
});
