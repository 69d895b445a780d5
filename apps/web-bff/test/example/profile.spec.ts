import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, upstreamCalls, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => {
  for (const service of Object.values(rig.world.services.services)) service.faults.clear();
});
afterAll(() => rig.close());

const get = (path: string, user = 'alice') => request(rig.service.url).get(path).set(rig.as(user));
const services = () => rig.world.services.services;
const calls = (): number => upstreamCalls(rig.world);

describe('GET /api/profile', () => {
  test('the profile is composed of five upstream calls into one nested answer, with nulls and without internal members', async () => {
    const before = calls();
    const { status, body, headers } = await get('/api/profile');
    expect(status).toBe(200);
    expect(calls() - before).toBe(5);
    expect(Object.keys(body).sort()).toEqual([
      '_meta',
      'avatar_url',
      'email',
      'last_login',
      'loyalty_tier',
      'name',
      'orders',
      'preferences',
      'unread_notifications',
    ]);
    expect(body).toMatchObject({
      name: 'Alice Grünwald',
      email: 'alice@acme.example',
      unread_notifications: 3,
    });
    expect(body.orders).toHaveLength(5);
    expect(Object.keys(body.orders[0])).toEqual([
      'id',
      'status',
      'placed_at',
      'total_cents',
      'currency',
      'note',
      'items',
    ]);
    expect(body._meta).toEqual({
      etag: headers['etag']?.slice(1, -'-gzip"'.length),
      complete: true,
      degraded: [],
    });
    expect(headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Accept-Encoding' });
    expect(headers['server-timing']).toMatch(/user;dur=.*loyalty;dur=/);
  });

  test('an unchanged profile is confirmed with 304', async () => {
    const { headers } = await get('/api/profile');
    const again = await get('/api/profile').set('If-None-Match', headers['etag']!);
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
    expect((await get('/api/profile', 'bob').set('If-None-Match', headers['etag']!)).status).toBe(200);
  });

  test('`fields` limits the profile to the named members, and `shape=flat` flattens the selection', async () => {
    const selected = (await get('/api/profile?fields=name,orders[*].id')).body;
    expect(Object.keys(selected)).toEqual(['name', 'orders', '_meta']);
    expect(Object.keys(selected.orders[4])).toEqual(['id']);
    const flat = (await get('/api/profile?shape=flat&fields=name,orders[0].id')).body;
    expect(flat).toMatchObject({ name: 'Alice Grünwald', 'orders.0.id': selected.orders[0].id });
  });

  test.each([
    'fields=a..b',
    'fields=__proto__',
    'fields=orders[*',
    'fields=name&fields=email',
    'shape=round',
    'shape=flat&shape=flat',
  ])('the query ?%s is answered with 400, without an upstream call', async (query) => {
    const before = calls();
    const { status, headers } = await get(`/api/profile?${query}`);
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(calls()).toBe(before);
  });
});

describe('identity and tenant of the caller', () => {
  test.each([
    ['a request without a session', { 'X-CSRF': '1' }, 401, 'not-authenticated'],
    [
      'a request with a malformed session handle',
      { 'X-CSRF': '1', Cookie: '__Host-bff=x' },
      401,
      'not-authenticated',
    ],
    [
      'a request with a bearer token',
      { 'X-CSRF': '1', Authorization: 'Bearer x.y.z' },
      401,
      'not-authenticated',
    ],
  ])('%s (%j) is answered with %i, without an upstream call', async (_, headers, status, type) => {
    const before = calls();
    const answer = await request(rig.service.url).get('/api/profile').set(headers);
    expect(answer.status).toBe(status);
    expect(answer.body.type).toBe(`/problems/${type}`);
    expect(answer.headers['location']).toBeUndefined();
    expect(calls()).toBe(before);
  });

  test.each([
    ['alice', 'globex', 403, 'tenant-mismatch'],
    ['alice', 'nobody', 403, 'unknown-tenant'],
    ['max', undefined, 400, 'bad-request'],
  ])(
    'a request of the user %s with the tenant %s is answered with %i %s, without an upstream call',
    async (user, tenant, status, type) => {
      const before = calls();
      const asked = get('/api/profile', user);
      const answer = await (tenant ? asked.set('X-Tenant-ID', tenant) : asked);
      expect(answer.status).toBe(status);
      expect(answer.body.type).toBe(`/problems/${type}`);
      expect(calls()).toBe(before);
    },
  );

  test('a user of two tenants sees the data of the chosen tenant, and each tenant has its own ETag', async () => {
    const acme = await get('/api/profile', 'max').set('X-Tenant-ID', 'acme');
    const globex = await get('/api/profile', 'max').set('X-Tenant-ID', 'globex');
    expect([acme.status, globex.status]).toEqual([200, 200]);
    expect(acme.body.email).not.toBe(globex.body.email);
    expect(acme.headers['etag']).not.toBe(globex.headers['etag']);
  });

  test('a user of globex sees only name, email and order ids, whatever the request selects', async () => {
    for (const query of [
      '',
      '?fields=name,email,orders[*].total_cents,orders[*].id,loyalty_tier',
      '?shape=flat',
    ]) {
      const { text } = await get(`/api/profile${query}`, 'gina');
      const { _meta, ...view } = JSON.parse(text);
      expect(Object.keys(view).filter((key) => !/^(name|email|orders(\.\d+\.id)?)$/.test(key))).toEqual([]);
      expect(text).not.toMatch(/total_cents|SSN|INTERNAL/);
      expect(_meta.complete).toBe(true);
    }
  });

  test('a user whom the upstream does not know gets 404 problem details', async () => {
    services().user.faults.set({ route: '/api/v1/users/:id', kind: 'error', status: 404 });
    const { status, body } = await get('/api/profile');
    expect(status).toBe(404);
    expect(body).toMatchObject({ type: '/problems/not-found', instance: '/api/profile' });
  });
});

describe('A1 a failed source is reported as degraded, and the other sources are complete', () => {
  const lost = [
    ['preferences', 'user', '/api/v1/users/:id/preferences', { preferences: {} }],
    ['orders', 'order', '*', { orders: [] }],
    ['notifications', 'notification', '*', { unread_notifications: 0 }],
    ['loyalty', 'loyalty', '*', { loyalty_tier: 'standard' }],
    [
      'user',
      'user',
      '/api/v1/users/:id',
      { name: 'Unknown User', email: '', avatar_url: null, last_login: null },
    ],
  ] as const;

  test.each(lost)(
    'an outage of the source %s is answered with its fallback',
    async (source, service, route, fallback) => {
      const { _meta, ...whole } = (await get('/api/profile')).body;
      expect(_meta.complete).toBe(true);
      services()[service].faults.set({ route, kind: 'error' });
      const { status, body, headers } = await get('/api/profile');
      expect(status).toBe(200);
      expect(body).toEqual({
        ...whole,
        ...fallback,
        _meta: { complete: false, degraded: [{ source, reason: 'error', fallback: 'default' }] },
      });
      expect(headers['bff-degraded']).toBe(`${source};reason=error;fallback=default`);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['etag']).toBeUndefined();
    },
  );

  test.each([
    ['garbage', 'bad-response'],
    ['wrong-type', 'bad-response'],
    ['truncate', 'bad-response'],
    ['huge', 'bad-response'],
    ['reset', 'error'],
  ] as const)('A8 an upstream fault %s degrades its source with reason %s', async (kind, reason) => {
    expect((await get('/api/profile')).body._meta.complete).toBe(true);
    services().notification.faults.set({ route: '*', kind });
    const { status, body } = await get('/api/profile');
    expect(status).toBe(200);
    expect(body._meta.degraded).toEqual([{ source: 'notifications', reason, fallback: 'default' }]);
    expect(body.orders).toHaveLength(5);
  });
});

test('the profile is answered with 503 and Retry-After when all sources fail without a stale entry, and is complete after their recovery', async () => {
  const own = await startRig();
  for (const service of Object.values(own.world.services.services))
    service.faults.set({ route: '*', kind: 'reset' });
  const answer = await request(own.service.url).get('/api/profile').set(own.as('alice'));
  expect(answer.status).toBe(503);
  expect(answer.body.type).toBe('/problems/unavailable');
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  for (const service of Object.values(own.world.services.services)) service.faults.clear();
  expect((await request(own.service.url).get('/api/profile').set(own.as('alice'))).body._meta.complete).toBe(
    true,
  );
  await own.close();
});

test('A2 a source that hangs times out within the budget, and the answer is sent with the fallback of that source', async () => {
  const own = await startRig();
  own.world.services.services.loyalty.faults.set({ route: '*', kind: 'hang' });
  const { body } = await request(own.service.url).get('/api/profile').set(own.as('alice'));
  expect(body._meta.degraded).toEqual([{ source: 'loyalty', reason: 'timeout', fallback: 'default' }]);
  await own.close();
}, 10_000);

describe('other paths and methods', () => {
  test.each([
    ['GET', '/', 404],
    ['GET', '/api/nothing', 404],
    ['GET', '/api/%E0%A4%A', 404],
    ['DELETE', '/api/profile', 405],
  ])('%s %s returns problem details with status %i', async (method, path, status) => {
    const answer = await fetch(rig.service.url + path, { method, headers: rig.as('alice') });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({
      status,
      instance: path,
      request_id: answer.headers.get('x-request-id'),
    });
    if (status === 405) expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });
});

test('W13 header fields of the client with our internal names do not reach an upstream', async () => {
  const received: IncomingHttpHeaders[] = [];
  const recorder = createServer((incoming, response) => {
    received.push(incoming.headers);
    response.setHeader('Content-Type', 'application/json').end('{"tier":"gold"}');
  }).listen(0, '127.0.0.1');
  await once(recorder, 'listening');
  const own = await startRig({
    LOYALTY_SERVICE_URL: `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`,
  });
  const forged = {
    'X-Internal-BFF': 'forged',
    X_Internal_BFF: 'forged',
    X_Tenant_ID: 'forged',
    Authorization: 'Bearer forged',
    'Proxy-Authorization': 'forged',
    'X-Forwarded-User': 'forged',
    'X-User-ID': 'forged',
    'X-Request-Timeout-Ms': 'forged',
    'X-Anything': 'forged',
  };
  const { body } = await request(own.service.url)
    .get('/api/profile')
    .set({ ...own.as('alice'), ...forged, 'X-Request-ID': 'mine-12345' })
    .set('Cookie', `${own.as('alice').Cookie}; a=forged`);
  expect(body._meta.complete).toBe(true);
  expect(received).toHaveLength(1);
  expect(JSON.stringify(received)).not.toContain('forged');
  expect(JSON.stringify(received)).not.toContain(own.as('alice').Cookie.split('=')[1]);
  expect(received[0]).not.toHaveProperty('cookie');
  expect(received[0]).toMatchObject({
    'x-internal-bff': 'true',
    'x-tenant-id': 'acme',
    'x-request-id': 'mine-12345',
  });
  expect(Number(received[0]!['x-request-timeout-ms'])).toBeLessThanOrEqual(2_000);
  await own.close();
  recorder.close();
  recorder.closeAllConnections();
});
