import { describe, expect, test } from '@jest/globals';
import { readSettings, type Outcome } from '@bff/service-kit';
import { servicesOf, upstreamSettings, upstreamsFrom, type CallScope } from '@bff/upstream-clients';
import * as services from '../src/index.ts';
import { createWorld, scopeOf, the, type Clients } from './world.ts';

type Call = (clients: Clients, scope: CallScope) => Promise<Outcome<unknown>>;
const userId = 'alice';
const page = (item: unknown) => ({ items: [item], next_cursor: 'c2' });

describe('each operation calls its URL and returns its model', () => {
  test.each<[request: string, call: Call, answer: unknown]>([
    ['GET /api/v1/users/alice', ({ user }, scope) => user.profile(scope, { userId }), the.user],
    ['GET /api/v1/users/alice/preferences', ({ user }, scope) => user.preferences(scope, { userId }), the.preferences],
    ['PATCH /api/v1/users/alice/preferences', ({ user }, scope) => user.patchPreferences(scope, { userId }, { body: { theme: null } }), the.preferences],
    ['GET /api/v1/users/alice/orders?limit=5', ({ order }, scope) => order.recent(scope, { userId, limit: 5 }), page(the.order)],
    ['GET /api/v1/users/alice/orders?limit=5&cursor=c%3D', ({ order }, scope) => order.recent(scope, { userId, limit: 5, cursor: 'c=' }), page(the.order)],
    ['GET /api/v1/orders/o1', ({ order }, scope) => order.byId(scope, { id: 'o1' }), the.order],
    ['GET /api/v1/users/alice/unread_count', ({ notification }, scope) => notification.unreadCount(scope, { userId }), { count: 0 }],
    ['GET /api/v1/users/alice/notifications?limit=9', ({ notification }, scope) => notification.list(scope, { userId, limit: 9 }), page(the.notification)],
    ['POST /api/v1/notifications/n1/read', ({ notification }, scope) => notification.markRead(scope, { id: 'n1' }), the.notification],
    ['GET /api/v1/users/alice/tier', ({ loyalty }, scope) => loyalty.tier(scope, { userId }), { tier: 'gold' }],
  ])('%s', async (line, call, answer) => {
    await using world = await createWorld(answer);
    expect(await call(world.clients, scopeOf())).toEqual({ kind: 'value', value: answer });
    expect(world.seen.map((request) => request.line)).toEqual([line]);
  }); // prettier-ignore
});

test('a change of preferences is sent as a JSON merge patch with its nulls', async () => {
  await using world = await createWorld(the.preferences);
  await world.clients.user.patchPreferences(
    scopeOf(),
    { userId },
    { body: { theme: null, digest: { hour: 8 } }, ifMatch: '"v1"' },
  );
  expect(world.seen).toEqual([
    {
      line: 'PATCH /api/v1/users/alice/preferences',
      contentType: 'application/merge-patch+json',
      body: '{"theme":null,"digest":{"hour":8}}',
    },
  ]);
});

describe('models', () => {
  const read: Call = ({ user }, scope) => user.profile(scope, { userId });
  const recent: Call = ({ order }, scope) => order.recent(scope, { userId, limit: 5 });
  const unread: Call = ({ notification }, scope) => notification.unreadCount(scope, { userId });
  const tier: Call = ({ loyalty }, scope) => loyalty.tier(scope, { userId });
  const preferences: Call = ({ user }, scope) => user.preferences(scope, { userId });
  const orders = (changes: object) => ({ items: [{ ...the.order, ...changes }], next_cursor: null });

  test.each<[string, Call, unknown]>([
    ['a user has no email', read, { ...the.user, email: undefined }],
    ['a user has a null as name', read, { ...the.user, name: null }],
    ['the total of an order is a fraction', recent, orders({ total_cents: 12.5 })],
    ['an item of an order has a number as SKU', recent, orders({ items: [{ sku: 1 }] })],
    ['orders are a bare list', recent, [the.order]],
    ['an unread count is negative', unread, { count: -1 }],
    ['preferences are a list', preferences, [1]],
    ['a tier is a number', tier, { tier: 3 }],
  ])('A8 when %s, the call fails as bad-response', async (_, call, answer) => {
    await using world = await createWorld(answer);
    expect(await call(world.clients, scopeOf())).toEqual({ kind: 'failed', reason: 'bad-response' });
  });

  test('members that no model names are dropped at every depth', async () => {
    await using world = await createWorld({
      items: [{ ...the.order, margin: 1, items: [{ ...the.order.items[0], cost: 2 }] }],
      next_cursor: null,
      debug: true,
    });
    expect(await recent(world.clients, scopeOf())).toEqual({ kind: 'value', value: orders({}) });
  });

  test('an order with a status that this product does not know is accepted', async () => {
    await using world = await createWorld(orders({ status: 'teleported' }));
    expect(await recent(world.clients, scopeOf())).toMatchObject({ kind: 'value' });
  });
});

describe('the registry', () => {
  test('has these services, with an audience for each', () => {
    expect(servicesOf(services).map(({ name, audience }) => [name, audience])).toEqual([
      ['loyalty', 'loyalty-service'],
      ['notification', 'notification-service'],
      ['order', 'order-service'],
      ['user', 'user-service'],
    ]);
  });

  test('gives in development the addresses at which the demo services listen', () => {
    expect(upstreamsFrom(services, readSettings(upstreamSettings(services), {})).addresses).toEqual({
      user: 'http://127.0.0.1:8080',
      order: 'http://127.0.0.1:8081',
      notification: 'http://127.0.0.1:8082',
      loyalty: 'http://127.0.0.1:8083',
    });
  });

  test('demands in production the address of every service, in one error', () => {
    expect(() => readSettings(upstreamSettings(services), { NODE_ENV: 'production' })).toThrow(
      /LOYALTY_SERVICE_URL[^]*NOTIFICATION_SERVICE_URL[^]*ORDER_SERVICE_URL[^]*USER_SERVICE_URL/,
    );
  });
});
