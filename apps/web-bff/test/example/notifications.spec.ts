import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, upstreamCalls, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const get = (path: string, user = 'alice') => request(rig.service.url).get(path).set(rig.as(user));
const post = (path: string, user = 'alice') => request(rig.service.url).post(path).set(rig.as(user));
const keys = ['id', 'kind', 'title', 'body', 'created_at', 'read_at'];

describe('GET /api/notifications', () => {
  test('GET /api/notifications returns one page, and members without a value are null', async () => {
    const { status, body } = await get('/api/notifications');
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['notifications', 'next_cursor', '_meta']);
    for (const notification of body.notifications) expect(Object.keys(notification)).toEqual(keys);
    expect(body.notifications[0].read_at).toBeNull();
  });

  test('T7 paging returns every notification exactly once', async () => {
    const all = (await get('/api/notifications?limit=50')).body.notifications;
    const walked: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await get(`/api/notifications?limit=2${cursor && `&cursor=${cursor}`}`);
      walked.push(...body.notifications);
      cursor = body.next_cursor as string | null;
    }
    expect(walked).toEqual(all);
    expect(all.length).toBeGreaterThanOrEqual(6);
  });

  test('`fields` limits a page of notifications to the named members, and `shape=flat` flattens the page', async () => {
    const path = '/api/notifications?limit=2&fields=notifications[*].id';
    expect((await get(path)).body.notifications.map(Object.keys)).toEqual([['id'], ['id']]);
    expect(Object.keys((await get(`${path}&shape=flat`)).body)).toEqual([
      'notifications.0.id',
      'notifications.1.id',
      '_meta',
    ]);
  });

  test('a user of globex sees no member of a notification, nor a cursor', async () => {
    const { status, body } = await get('/api/notifications?limit=1', 'gina');
    expect([status, Object.keys(body)]).toEqual([200, ['_meta']]);
  });
});

describe('POST /api/notifications/{id}/read', () => {
  test('marking a notification as read again changes nothing and returns the first answer', async () => {
    const { unread_notifications: before } = (await get('/api/home')).body;
    const [, unread] = (await get('/api/notifications')).body.notifications;
    const tag = (await get('/api/notifications')).headers['etag']!;
    expect(unread.read_at).toBeNull();

    const first = await post(`/api/notifications/${unread.id}/read`);
    expect(first.status).toBe(200);
    const { _meta, ...read } = first.body;
    expect(read).toEqual({ ...unread, read_at: expect.any(String) });
    expect(_meta).toEqual({ complete: true, degraded: [] });
    expect(first.headers['cache-control']).toBe('no-store');

    const second = await post(`/api/notifications/${unread.id}/read`);
    expect([second.status, second.text]).toEqual([200, first.text]);
    expect((await get('/api/home')).body.unread_notifications).toBe(before - 1);
    expect((await get('/api/notifications')).body.notifications[1]).toEqual(read);
    expect((await get('/api/notifications').set('If-None-Match', tag)).status).toBe(200);
  });

  test('concurrent requests to mark one notification as read all get the same answer', async () => {
    const [unread] = (await get('/api/notifications')).body.notifications;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post(`/api/notifications/${unread.id}/read`)),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  test.each(['bob-n1', 'gina-n1', 'alice-n999', 'nothing'])(
    'returns 404 for a notification of another user (%s)',
    async (id) => {
      const { status, body } = await post(`/api/notifications/${id}/read`);
      expect([status, body.type]).toEqual([404, '/problems/not-found']);
    },
  );

  test('after a user marked notifications as read, those of another user are unchanged', async () => {
    const { status, body } = await get('/api/notifications?limit=50', 'bob');
    expect(status).toBe(200);
    const time = new Date().toISOString().slice(0, 10);
    for (const { read_at } of body.notifications) expect(String(read_at)).not.toContain(time);
  });

  test.each(['..', '%2e%2e', 'a%00', 'x'.repeat(257)])(
    'the invalid notification id %s is answered with 404, without an upstream call',
    async (id) => {
      const before = upstreamCalls(rig.world);
      expect((await post(`/api/notifications/${id}/read`)).status).toBe(404);
      expect(upstreamCalls(rig.world)).toBe(before);
    },
  );

  test('a user of globex may mark a notification as read, and the answer contains no member of the notification', async () => {
    const { status, text } = await post('/api/notifications/gina-n1/read', 'gina');
    expect([status, text]).toEqual([200, '{"_meta":{"complete":true,"degraded":[]}}']);
  });

  test('marking a notification as read accepts `fields` and an empty object as body', async () => {
    const { status, body } = await post('/api/notifications/alice-n1/read?fields=id').send({});
    expect([status, Object.keys(body)]).toEqual([200, ['id', '_meta']]);
  });

  test('marking a notification as read with a body of another media type gets 415, without an upstream call', async () => {
    const before = upstreamCalls(rig.world);
    const answer = await post('/api/notifications/alice-n1/read').type('text/plain').send('x');
    expect(answer.status).toBe(415);
    expect(upstreamCalls(rig.world)).toBe(before);
  });
});
