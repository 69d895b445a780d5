import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ BURST_LIMIT: '100000' });
});
afterAll(() => rig.close());

const reads = [
  '/customers/gina',
  '/customers/gina/profile',
  '/customers/gina/orders',
  '/customers/gina/notifications',
  '/customers/gina/preferences',
];

describe('T6 both versions answer the same data', () => {
  test('an order has money objects in v2 and cents in v1', async () => {
    const { body: page } = await rig.ask('/v2/customers/alice/orders?limit=1');
    const [listed] = page.orders;
    const { body: one } = await rig.ask(`/v2/orders/${listed.id}`);
    const { body: old } = await rig.ask(`/v1/orders/${listed.id}`);
    expect(one).toEqual({ ...listed, _meta: expect.anything() });
    expect(one.customer).toEqual({ id: 'alice', name: 'Alice Grünwald', email: 'alice@acme.example' });
    expect(one.total).toEqual({
      amount: (old.total_cents / 100).toFixed(2),
      currency: old.currency,
    });
    expect(one.items[0].unitPrice).toEqual({
      amount: (old.items[0].unit_cents / 100).toFixed(2),
      currency: old.currency,
    });
    expect(old).toEqual({
      id: one.id,
      user_id: 'alice',
      status: one.status,
      placed_at: one.placedAt,
      total_cents: expect.any(Number),
      currency: one.total.currency,
      note: one.note,
      items: expect.any(Array),
      _meta: expect.anything(),
    });
  });

  test('a customer and a profile have the same data in both versions', async () => {
    const { body: customer } = await rig.ask('/v2/customers/alice');
    const { body: old } = await rig.ask('/v1/customers/alice');
    expect(Object.keys(customer)).toEqual([
      'id',
      'name',
      'email',
      'avatarUrl',
      'lastLogin',
      'locale',
      'phone',
      'createdAt',
      '_meta',
    ]);
    expect(Object.values(customer).slice(0, -1)).toEqual(Object.values(old).slice(0, -1));
    const { body: profile } = await rig.ask('/v2/customers/alice/profile');
    expect(Object.keys(profile)).toEqual([
      'customer',
      'orders',
      'preferences',
      'unreadNotifications',
      'loyaltyTier',
      '_meta',
    ]);
    expect(profile.customer).toEqual({
      name: customer.name,
      email: customer.email,
      avatarUrl: customer.avatarUrl,
      lastLogin: customer.lastLogin,
    });
    expect(profile.orders[0].customer).toEqual({ id: 'alice' });
  });

  test('v1 of an order has no data of the customer, so the service for customers is not called', async () => {
    const { id } = (await rig.ask('/v1/customers/alice/orders?limit=1')).body.orders[0];
    const before = rig.calls();
    await rig.ask(`/v1/orders/${id}`);
    expect(rig.calls() - before).toBe(1);
    await rig.ask(`/v2/orders/${id}`);
    expect(rig.calls() - before).toBe(3);
  });

  test('A1 an order has the fallback of its customer when the source of the customer fails', async () => {
    const { id } = (await rig.ask('/v1/customers/alice/orders?limit=1')).body.orders[0];
    rig.world.services.services.user.faults.set({ route: '*', kind: 'error' });
    const { status, body } = await rig.ask(`/v2/orders/${id}`);
    rig.world.services.services.user.faults.clear();
    expect(status).toBe(200);
    expect(body.customer).toEqual({ id: 'alice', name: 'Unknown User', email: '' });
    expect(body._meta.degraded).toEqual([{ source: 'user', reason: 'error', fallback: 'default' }]);
  });
});

describe('T6 versions', () => {
  test('every answer of v1 announces its deprecation, problems included, and no answer of v2 does', async () => {
    for (const path of ['/v1/customers/alice', '/v1/customers/nobody', '/v1/nowhere']) {
      const { headers } = await rig.ask(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        deprecation: '@1795305600',
        sunset: 'Tue, 30 Nov 2027 23:59:59 GMT',
        link: '</docs>; rel="deprecation"; type="text/html"',
      });
    }
    const unauthenticated = await fetch(`${rig.service.url}/v1/profile`);
    expect([unauthenticated.status, unauthenticated.headers.get('deprecation')]).toEqual([
      401,
      '@1795305600',
    ]);
    expect((await rig.ask('/v2/customers/alice')).headers.get('deprecation')).toBeNull();
  });

  test.each(['/v3/customers/alice', '/v0/profile', '/v3', '/v22/profile'])(
    'the path %s has no supported version and is answered with 404',
    async (path) => {
      const { status, body } = await rig.ask(path);
      expect([status, body.type, body.detail]).toEqual([
        404,
        '/problems/not-found',
        'The supported versions are v1, v2.',
      ]);
    },
  );

  test('H6 HEAD has the ETag of GET and no body, and counts against the quota', async () => {
    const path = '/v2/customers/alice';
    const get = await rig.ask(path);
    const head = await rig.ask(path, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag')]).toEqual([200, get.headers.get('etag')]);
    expect(head.text).toBe('');
    expect(head.headers.get('ratelimit')).not.toBe(get.headers.get('ratelimit'));
  });

  test('a method that a path does not support is answered with 405 and Allow', async () => {
    const { status, headers } = await rig.ask('/v2/customers/alice/preferences', { method: 'DELETE' });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD, PATCH, PUT']);
  });
});

describe('the policy applies to every version', () => {
  test.each(['v1', 'v2'])('%s shows a partner of globex only name, email and order ids', async (version) => {
    const { body } = await rig.ask(`/${version}/customers/gina/orders`, { client: 'globex-crm' });
    const paths = [...reads, `/orders/${body.orders[0].id}`];
    for (const path of paths) {
      const { status, body, text } = await rig.ask(`/${version}${path}`, { client: 'globex-crm' });
      expect([path, status]).toEqual([path, 200]);
      const leaves: string[] = [];
      JSON.stringify(body, function (this: object, name, value) {
        if (value === null || typeof value !== 'object') leaves.push(Array.isArray(this) ? 'item' : name);
        return name === '_meta' ? undefined : value;
      });
      for (const leaf of new Set(leaves))
        expect(['id', 'name', 'email', 'nextCursor', 'next_cursor', '_meta']).toContain(leaf);
      expect(text).not.toMatch(/GLOBEX-|INTERNAL|"gina"|currency|theme/);
    }
  });

  test.each(['v1', 'v2'])('%s shows a partner of acme neither ssn nor internal notes', async (version) => {
    for (const path of reads) {
      const { text } = await rig.ask(`/${version}${path.replace('gina', 'alice')}`);
      expect(text).not.toMatch(/SSN|INTERNAL|internal_?notes/i);
    }
  });

  test('customers, orders and notifications of another tenant are answered with 404', async () => {
    const { body } = await rig.ask('/v2/customers/gina/orders', { client: 'globex-crm' });
    for (const path of [...reads, `/orders/${body.orders[0].id}x`])
      expect([path, (await rig.ask(`/v2${path}`)).status]).toEqual([path, 404]);
  });
});

describe('token of a user', () => {
  const as = (user: string) => ({
    Authorization: `Bearer ${rig.world.idp.control.devToken({ user, audience: 'partner-bff' }).access_token}`,
  });

  test("a user's token grants access to that user only", async () => {
    expect((await rig.ask('/v2/profile', { headers: as('alice') })).body.customer.name).toBe(
      'Alice Grünwald',
    );
    const before = rig.calls();
    for (const path of reads) {
      const { status, body } = await rig.ask(`/v2${path.replace('gina', 'bob')}`, { headers: as('alice') });
      expect([status, body.type]).toEqual([403, '/problems/forbidden']);
    }
    expect(rig.calls()).toBe(before);
  });
});

describe('queries', () => {
  test.each([
    ['?fields=a..b', 'invalid-fields'],
    ['?fields=name&fields=email', 'invalid-fields'],
    ['?limit=0', 'bad-request'],
    ['?limit=101', 'bad-request'],
    ['?limit=1e1', 'bad-request'],
    ['?limit=', 'bad-request'],
    ['?limit=5&limit=6', 'bad-request'],
    ['?cursor=x&cursor=y', 'invalid-cursor'],
  ])('the query %s is answered with 400 %s', async (query, type) => {
    const before = rig.calls();
    const { status, body } = await rig.ask(`/v2/customers/alice/orders${query}`);
    expect([status, body.type, rig.calls()]).toEqual([400, `/problems/${type}`, before]);
  });

  test('H2 `fields` accepts the member names of the version in the path', async () => {
    const { body } = await rig.ask(
      '/v2/customers/alice/orders?limit=2&fields=orders[*].total.amount,nextCursor',
    );
    expect(body).toEqual({
      orders: [
        { total: { amount: expect.stringMatching(/^\d+\.\d\d$/) } },
        { total: { amount: expect.any(String) } },
      ],
      nextCursor: expect.any(String),
      _meta: expect.anything(),
    });
  });

  test('H5 each version has its own ETag, and an unchanged answer is confirmed with 304', async () => {
    const tags = [];
    for (const version of ['v1', 'v2']) {
      const { headers } = await rig.ask(`/${version}/customers/alice/preferences`);
      tags.push(headers.get('etag'));
      const again = await rig.ask(`/${version}/customers/alice/preferences`, {
        headers: { 'If-None-Match': headers.get('etag')! },
      });
      expect(again.status).toBe(304);
    }
    expect(new Set(tags).size).toBe(2);
  });
});
