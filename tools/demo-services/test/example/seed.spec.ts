import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDemoService } from '../../src/index.ts';
import { startFakes } from './start-fakes.ts';
import { accounts, seedNotifications, seedOrders, seedPreferences, seedUser } from '../../src/data/seed.ts';
import { call } from '../caller.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'demo-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Hashes all rows that the four services wrote into one file. */
async function fingerprint(file: string): Promise<{ hash: string; rows: number }> {
  const world = await startFakes({ databaseFile: file });
  await world.close();
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  const rows = tables.flatMap(({ name }) =>
    database
      .prepare(`SELECT * FROM "${String(name)}"`)
      .all()
      .map((row) => JSON.stringify(row)),
  );
  database.close();
  return { hash: createHash('sha256').update(rows.sort().join('\n')).digest('hex'), rows: rows.length };
}

test('two starts of the services create identical data', async () => {
  const [one, two] = [await fingerprint(join(folder, '1.db')), await fingerprint(join(folder, '2.db'))];
  expect(one.rows).toBeGreaterThan(10_000);
  expect(two).toEqual(one);
});

test('the seeded users are the same on every machine and day', () => {
  expect(seedUser('acme', 'alice')).toEqual({
    id: 'alice',
    name: 'Alice Grünwald',
    email: 'alice@acme.example',
    avatar_url: 'https://cdn.example/acme/alice.png',
    last_login: '2026-11-01T08:17:18.188Z',
    locale: 'en-US',
    phone: null,
    ssn: 'ACME-SSN-285597320',
    internal_notes: 'ACME-INTERNAL alice: do not disclose',
    created_at: '2025-02-23T06:42:06.741Z',
  });
});

test('a database file keeps its data, and a second start does not seed it again', async () => {
  const databaseFile = join(folder, 'kept.db');
  const path = '/api/v1/users/alice/preferences';
  const first = await startDemoService('user-service', { databaseFile });
  const headers = { 'Content-Type': 'application/merge-patch+json', 'If-Match': '*' };
  const patched = await call(first, path, {}, { method: 'PATCH', headers, body: '{"theme":"kept"}' });
  await first.close();
  const second = await startDemoService('user-service', { databaseFile });
  const { body, headers: after } = await call(second, path);
  await second.close();
  expect(body).toEqual(patched.body);
  expect(after.get('etag')).toBe(patched.headers.get('etag'));
});

describe('the seeded data', () => {
  const users = accounts.map((account) => seedUser(...account));
  const ordersOf = accounts.map((account) => seedOrders(...account));
  const orders = ordersOf.flat();

  test('the seeded data has two tenants and the documented accounts', () => {
    const ids = (tenant: string) => accounts.filter(([of]) => of === tenant).map(([, id]) => id);
    expect(accounts).toHaveLength(123 + 104);
    expect(ids('acme')).toEqual(
      expect.arrayContaining(['alice', 'bob', 'max', 'acme-user-001', 'acme-user-120']),
    );
    expect(ids('globex')).toEqual(
      expect.arrayContaining(['alice', 'bob', 'max', 'gina', 'globex-user-001', 'globex-user-100']),
    );
    expect(ids('acme')).not.toContain('gina');
  });

  test('the seeded data has null and other values in every nullable member', () => {
    for (const member of ['avatar_url', 'last_login', 'phone', 'internal_notes'] as const) {
      const empty = users.filter((user) => user[member] === null).length;
      expect(empty).toBeGreaterThan(20);
      expect(empty).toBeLessThan(150);
    }
    expect(orders.some(({ note }) => note === null)).toBe(true);
    expect(accounts.some((account) => seedPreferences(...account)['nickname'] === null)).toBe(true);
  });

  test.each([
    ['umlauts', /[äöüß]/i],
    ['Japanese', /\p{Script=Hiragana}|\p{Script=Han}/u],
    ['right-to-left scripts', /\p{Script=Arabic}|\p{Script=Hebrew}/u],
    ['emoji', /\p{Extended_Pictographic}/u],
  ])('the seeded data has %s in names, notes and notifications', (_case, script) => {
    expect(users.some(({ name }) => script.test(name))).toBe(true);
    expect(orders.some(({ note }) => script.test(note ?? ''))).toBe(true);
    const texts = accounts.flatMap((account) => seedNotifications(...account).map((n) => n.title + n.body));
    expect(script.source.includes('Extended') || texts.some((text) => script.test(text))).toBe(true);
  });

  test('the seeded data has 0 to 40 orders per user with 1 to 6 items, some with notes of 2 KB, some placed at the same time', () => {
    const counts = ordersOf.map((list) => list.length);
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([0, 40]);
    const sizes = orders.map(({ items }) => items.length);
    expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([1, 6]);
    expect(orders.some(({ note }) => Buffer.byteLength(note ?? '') >= 2_000)).toBe(true);
    expect(ordersOf.some((list) => new Set(list.map((order) => order.placed_at)).size < list.length)).toBe(
      true,
    );
  });

  test('the seeded totals equal the sum of the items', () => {
    for (const { items, total_cents } of orders)
      expect(items.reduce((sum, item) => sum + item.quantity * item.unit_cents, 0)).toBe(total_cents);
  });

  test('the seeded data gives alice at least 12 orders and 3 unread notifications in each tenant', () => {
    for (const tenant of ['acme', 'globex']) {
      expect(seedOrders(tenant, 'alice').length).toBeGreaterThanOrEqual(12);
      expect(seedNotifications(tenant, 'alice').filter(({ read_at }) => read_at === null)).toHaveLength(3);
    }
  });

  test('secret texts in the seeded data begin with the name of their tenant', () => {
    accounts.forEach(([tenant], index) => {
      const mark = tenant.toUpperCase();
      expect(users[index]!.ssn).toMatch(new RegExp(`^${mark}-SSN-\\d{9}$`));
      for (const note of [users[index]!, ...ordersOf[index]!].map(({ internal_notes }) => internal_notes))
        if (note !== null) expect(note.startsWith(`${mark}-INTERNAL `)).toBe(true);
    });
  });
});
