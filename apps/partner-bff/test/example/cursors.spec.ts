import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPageCursors } from '@bff/shaping';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ BURST_LIMIT: '100000' });
});
afterAll(() => rig.close());

const path = '/v2/customers/alice/orders?limit=2';
const firstCursor = async (): Promise<string> => (await rig.ask(path)).body.nextCursor;

describe('T7 cursors', () => {
  test.each([
    ['orders', 'v1', 'next_cursor'],
    ['orders', 'v2', 'nextCursor'],
    ['notifications', 'v2', 'nextCursor'],
  ])('%s are paged in %s, and every item is returned once', async (list, version, member) => {
    const all = (await rig.ask(`/${version}/customers/alice/${list}?limit=100`)).body[list];
    const found = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 100; pages++) {
      const { body } = await rig.ask(
        `/${version}/customers/alice/${list}?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      found.push(...body[list]);
      cursor = body[member];
    }
    expect(all.length).toBeGreaterThan(4);
    expect(found).toEqual(all);
  });

  test('a cursor does not reveal its content', async () => {
    const cursor = await firstCursor();
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/20\d\d-|alice|acme/);
  });

  test.each<[string, (cursor: string) => string]>([
    ['another customer', (cursor) => `/v2/customers/bob/orders?limit=2&cursor=${cursor}`],
    ['another list', (cursor) => `/v2/customers/alice/notifications?limit=2&cursor=${cursor}`],
    ['another version', (cursor) => `/v1/customers/alice/orders?limit=2&cursor=${cursor}`],
    ['another limit', (cursor) => `/v2/customers/alice/orders?limit=3&cursor=${cursor}`],
    ['other fields', (cursor) => `${path}&fields=orders&cursor=${cursor}`],
    ['an altered character', (cursor) => `${path}&cursor=${cursor.slice(0, -3)}AAA`],
    ['a missing last character', (cursor) => `${path}&cursor=${cursor.slice(0, -1)}`],
    ['an empty value', () => `${path}&cursor=`],
    ['the text of an upstream cursor', () => `${path}&cursor=${btoa('["2026-01-01T00:00:00.000Z","o"]')}`],
    [
      'a seal made with another key',
      () => `${path}&cursor=${createPageCursors(randomBytes(32)).seal('x', [])}`,
    ],
    ['3 KB of random text', () => `${path}&cursor=${'A'.repeat(3_000)}`],
  ])('a cursor with %s is answered with 400, without an upstream call', async (_title, urlOf) => {
    const url = urlOf(await firstCursor());
    const before = rig.calls();
    const { status, body } = await rig.ask(url);
    expect([status, body.type, rig.calls()]).toEqual([400, '/problems/invalid-cursor', before]);
  });

  test('T1 a cursor of another tenant or client with the same path is answered with 400', async () => {
    // Both tenants have a customer alice, who are different people.
    const cursor = await firstCursor();
    const { status, body } = await rig.ask(`${path}&cursor=${cursor}`, { client: 'globex-crm' });
    expect([status, body.type]).toEqual([400, '/problems/invalid-cursor']);
  });

  test('a cursor of another client of the same tenant is answered with 400, although that client may see the same orders', async () => {
    const { access_token } = rig.world.idp.control.devToken({ user: 'alice', audience: 'partner-bff' });
    const headers = { Authorization: `Bearer ${access_token}` };
    expect((await rig.ask(path, { headers })).status).toBe(200);
    const { status, body } = await rig.ask(`${path}&cursor=${await firstCursor()}`, { headers });
    expect([status, body.type]).toEqual([400, '/problems/invalid-cursor']);
  });

  test('an unchanged page with a next cursor is confirmed with 304', async () => {
    const first = await rig.ask(path);
    const headers = { 'If-None-Match': first.headers.get('etag')! };
    expect(first.body.nextCursor).toEqual(expect.any(String));
    expect((await rig.ask(path, { headers })).status).toBe(304);
  });
});
