import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const get = async (path: string, user = 'alice') =>
  request(rig.service.url)
    .get(path)
    .set(await rig.as(user));
const read = async (id: string, user = 'alice') =>
  request(rig.service.url)
    .post(`/api/notifications/${id}/read`)
    .set(await rig.as(user));

test('an unread notification in the list has no read_at and no null', async () => {
  const { body, text } = await get('/api/notifications');
  expect(Object.keys(body)).toEqual(['notifications', '_meta']);
  const [unread] = body.notifications;
  expect(Object.keys(unread)).toEqual(['body', 'created_at', 'id', 'kind', 'title']);
  expect(text).not.toContain('null');
});

test('T7 paging returns every notification exactly once', async () => {
  const walked: object[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const { body } = await get(`/api/notifications?limit=2${cursor && `&cursor=${cursor}`}`);
    walked.push(...body.notifications);
    cursor = body.next_cursor as string | undefined;
  }
  expect(walked).toEqual((await get('/api/notifications?limit=50')).body.notifications);
});

test('marking a notification as read again changes nothing and returns the first answer', async () => {
  const { unread_notifications: before } = (await get('/api/home')).body;
  const [, unread] = (await get('/api/notifications')).body.notifications;
  const [first, second] = [await read(unread.id), await read(unread.id)];
  expect(first.body).toEqual({
    ...unread,
    read_at: expect.any(String),
    _meta: { complete: true, degraded: [] },
  });
  expect([second.status, second.text]).toEqual([200, first.text]);
  expect((await get('/api/home')).body.unread_notifications).toBe(before - 1);
});

test.each(['bob-n1', 'alice-n999', '%2e%2e', 'a%2fb'])(
  'marking notification %s as read returns 404, because the user has no such notification',
  async (id) => {
    const { status, body } = await read(id);
    expect([status, body.type]).toEqual([404, '/problems/not-found']);
  },
);

test('a user of globex sees no member of a notification', async () => {
  expect(Object.keys((await get('/api/notifications?limit=1', 'gina')).body)).toEqual(['_meta']);
  const { status, body } = await read('gina-n1', 'gina');
  expect([status, Object.keys(body)]).toEqual([200, ['_meta']]);
});
