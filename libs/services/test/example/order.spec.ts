import { expect, test } from '@jest/globals';
import { page, testBadResponses, testCalls, type Call } from './call-table.ts';
import { createWorld, scopeOf, the } from './world.ts';

const userId = 'alice';
const recent: Call = ({ order }, scope) => order.recent(scope, { userId, limit: 5 });
const nextPage: Call = ({ order }, scope) => order.recent(scope, { userId, limit: 5, cursor: 'c=' });
const byId: Call = ({ order }, scope) => order.byId(scope, { id: 'o1' });
const orders = (changes: object) => ({ items: [{ ...the.order, ...changes }], next_cursor: null });

testCalls([
  ['GET /api/v1/users/alice/orders?limit=5', recent, page(the.order)],
  ['GET /api/v1/users/alice/orders?limit=5&cursor=c%3D', nextPage, page(the.order)],
  ['GET /api/v1/orders/o1', byId, the.order],
]);

testBadResponses([
  ['the total of an order is a fraction', recent, orders({ total_cents: 12.5 })],
  ['an item of an order has a number as SKU', recent, orders({ items: [{ sku: 1 }] })],
  ['orders are a bare list', recent, [the.order]],
]);

test('members that the response schema does not declare are dropped at every depth', async () => {
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
