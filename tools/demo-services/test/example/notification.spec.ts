import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDemoService, type DemoService } from '../../src/index.ts';
import type { Notification, Page } from '../../src/data/models.ts';
import { accounts, seedNotifications } from '../../src/data/seed.ts';
import { call, type As } from '../caller.ts';

let service: DemoService;
beforeAll(async () => void (service = await startDemoService('notification-service')));
afterAll(() => service.close());

const unread = async (as: As) =>
  (await call<{ count: number }>(service, `/api/v1/users/${as.sub}/unread_count`, as)).body;
const page = (query: string, as: As) =>
  call<Page<Notification>>(service, `/api/v1/users/${as.sub}/notifications${query}`, as);
const markRead = (id: string, as: As, headers: Record<string, string> = {}) =>
  call<Notification>(service, `/api/v1/notifications/${id}/read`, as, { method: 'POST', headers });

describe('GET /api/v1/users/:id/unread_count', () => {
  test('unread_count counts the unread notifications of the user in one tenant only', async () => {
    for (const tid of ['acme', 'globex']) {
      const count = seedNotifications(tid, 'bob').filter(({ read_at }) => read_at === null).length;
      expect(await unread({ sub: 'bob', tid })).toEqual({ count });
    }
  });

  test('unread_count returns 0 for a user without notifications, and 404 for a user of another tenant', async () => {
    const [tid, sub] = accounts.find((account) => seedNotifications(...account).length === 0)!;
    expect(await unread({ tid, sub })).toEqual({ count: 0 });
    expect(await unread({ sub: 'gina', tid: 'acme' })).toMatchObject({ status: 404 });
  });
});

describe('GET /api/v1/users/:id/notifications', () => {
  test('cursors visit all notifications exactly once, newest first', async () => {
    const alice: As = { sub: 'alice', tid: 'globex' };
    const first = await page('?limit=4', alice);
    const rest = await page(`?limit=100&cursor=${first.body.next_cursor}`, alice);
    expect([...first.body.items, ...rest.body.items]).toEqual(seedNotifications('globex', 'alice'));
    expect(rest.body.next_cursor).toBeNull();
    expect(Object.keys(first.body.items[0]!)).toEqual([
      'id',
      'kind',
      'title',
      'body',
      'created_at',
      'read_at',
    ]);
  });

  test.each([
    ['?limit=0', 400],
    ['?cursor=x', 400],
    ['', 200],
  ])('a list with the query "%s" gets %i', async (query, status) => {
    expect((await page(query, { sub: 'alice' })).status).toBe(status);
  });

  test('the list of a user of another tenant gets 404', async () => {
    expect((await page('', { sub: 'gina', tid: 'acme' })).status).toBe(404);
  });
});

describe('POST /api/v1/notifications/:id/read', () => {
  test('marking an item as read again returns the first answer and changes nothing', async () => {
    expect(await unread({ sub: 'alice' })).toEqual({ count: 3 });
    const first = await markRead('alice-n1', { sub: 'alice' });
    expect(first).toMatchObject({
      status: 200,
      body: { ...seedNotifications('acme', 'alice')[0], read_at: expect.any(String) },
    });
    const again = await markRead('alice-n1', { sub: 'alice' }, { 'Idempotency-Key': 'k' });
    expect(again.body).toEqual(first.body);
    expect(await unread({ sub: 'alice' })).toEqual({ count: 2 });
  });

  test('T1 the notification with the same id in another tenant stays unread', async () => {
    const before = await unread({ sub: 'alice', tid: 'globex' });
    await markRead('alice-n2', { sub: 'alice' });
    expect(await unread({ sub: 'alice', tid: 'globex' })).toEqual(before);
  });

  test.each<[string, string, As]>([
    ['an unknown notification', 'n0', {}],
    ['another user’s notification', 'alice-n3', { sub: 'bob' }],
    ['a notification of another tenant', 'gina-n1', { sub: 'gina', tid: 'acme' }],
  ])('marking %s as read gets 404 and changes nothing', async (_case, id, as) => {
    const before = await unread({ sub: 'alice' });
    expect((await markRead(id, as)).status).toBe(404);
    expect(await unread({ sub: 'alice' })).toEqual(before);
  });

  test('a partner may mark an item of a user of its tenant as read', async () => {
    const { body } = await markRead('alice-n3', { sub: 'globex-crm', tid: 'globex', roles: ['partner'] });
    expect(body.read_at).not.toBeNull();
  });
});
