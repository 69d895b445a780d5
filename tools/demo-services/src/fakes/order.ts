import type { DatabaseSync } from 'node:sqlite';
import { Problem } from '@bff/service-kit';
import { modifiedAt } from '../http/answer.ts';
import { aWhile } from '../cacheable.ts';
import type { Order } from '../data/models.ts';
import { pageOf, readPage } from '../http/page.ts';
import { accounts, seedOrders } from '../data/seed.ts';
import { mayActFor, type Route, type Service } from '../service.ts';

const tables = `
  CREATE TABLE customers (tenant TEXT, id TEXT, PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID;
  CREATE TABLE orders (
    tenant TEXT, id TEXT, user_id TEXT NOT NULL, status TEXT NOT NULL, placed_at TEXT NOT NULL,
    total_cents INTEGER NOT NULL, currency TEXT NOT NULL, note TEXT, internal_notes TEXT, PRIMARY KEY (tenant, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX orders_newest_first ON orders (tenant, user_id, placed_at DESC, id DESC);
  CREATE TABLE order_items (
    tenant TEXT, order_id TEXT, position INTEGER, sku TEXT NOT NULL, name TEXT NOT NULL, quantity INTEGER NOT NULL,
    unit_cents INTEGER NOT NULL, PRIMARY KEY (tenant, order_id, position)
  ) STRICT, WITHOUT ROWID;`;

function fill(database: DatabaseSync): void {
  const addCustomer = database.prepare('INSERT INTO customers VALUES (?, ?)');
  const addOrder = database.prepare(`
    INSERT INTO orders VALUES (:tenant, :id, :user_id, :status, :placed_at, :total_cents, :currency, :note, :internal_notes)`);
  const addItem = database.prepare(`
    INSERT INTO order_items VALUES (:tenant, :order_id, :position, :sku, :name, :quantity, :unit_cents)`);
  for (const [tenant, user] of accounts) {
    addCustomer.run(tenant, user);
    for (const { items, ...order } of seedOrders(tenant, user)) {
      addOrder.run({ tenant, ...order });
      items.forEach((item, position) => addItem.run({ tenant, order_id: order.id, position, ...item }));
    }
  }
}

const selectOrder = `
  SELECT id, user_id, status, placed_at, total_cents, currency, note, internal_notes, (
    SELECT json_group_array(
      json_object('sku', sku, 'name', name, 'quantity', quantity, 'unit_cents', unit_cents) ORDER BY position)
    FROM order_items WHERE order_items.tenant = orders.tenant AND order_id = orders.id) AS items
  FROM orders`;

const orderOf = (row: Record<string, unknown>): Order =>
  ({ ...row, items: JSON.parse(String(row['items'])) }) as unknown as Order;

const readOrders: Route = {
  method: 'GET',
  pattern: '/api/v1/users/:id/orders',
  isOfUser: true,
  cacheControl: aWhile,
  prepare({ database }) {
    const findCustomer = database.prepare('SELECT 1 FROM customers WHERE tenant = ? AND id = ?');
    const findOrders = database.prepare(`
      ${selectOrder} WHERE tenant = ? AND user_id = ? AND (placed_at, id) < (?, ?)
      ORDER BY placed_at DESC, id DESC LIMIT ?`);
    return ({ caller, id, query }) => {
      const { limit, after } = readPage(query);
      if (!findCustomer.get(caller.tid, id)) throw new Problem('not-found');
      const rows = findOrders.all(caller.tid, id, ...after, limit + 1);
      const page = pageOf(rows.map(orderOf), limit, (order) => order.placed_at);
      // Orders of this fake never change, so the list was last modified when the newest one was placed.
      return modifiedAt(
        page,
        page.items.map((order) => order.placed_at),
      );
    };
  },
};

const readOrder: Route = {
  method: 'GET',
  pattern: '/api/v1/orders/:id',
  cacheControl: aWhile,
  prepare({ database }) {
    const find = database.prepare(`${selectOrder} WHERE tenant = ? AND id = ?`);
    return ({ caller, id }) => {
      const row = find.get(caller.tid, id);
      // 404 rather than 403 for an order of another user: order ids can be guessed, and 403 would confirm
      // their existence.
      if (!row || !mayActFor(caller, String(row['user_id']))) throw new Problem('not-found');
      return modifiedAt(orderOf(row), [row['placed_at']]);
    };
  },
};

export const orderFake: Service = { tables, fill, routes: [readOrders, readOrder] };
