import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Row } from '@bff/screens';
import { scopes } from '../../src/contract/scopes.ts';
import { versions } from '../../src/contract/versions.ts';
import { screens } from '../../src/screens.ts';
import { startRig, type Answered, type Rig } from '../rig.ts';

let rig: Rig;
let orderId: string;
beforeAll(async () => {
  rig = await startRig({ BURST_LIMIT: '100000' });
  orderId = (await rig.ask('/v2/customers/alice/orders?limit=1')).body.orders[0].id;
});
afterAll(() => rig.close());

const all = Object.keys(scopes);
const everyOperation = versions.flatMap(({ name }) =>
  screens.rows.map((row) => [`${name} ${row.entry.id}`, name, row] as const),
);

async function askWith(granted: readonly string[], version: string, row: Row): Promise<Answered> {
  const { access_token } = rig.world.idp.control.devToken({
    user: 'alice',
    audience: 'partner-bff',
    scope: granted.join(' '),
  });
  const { entry, method } = row;
  const path = row.path
    .replace('{customerId}', 'alice')
    .replace('{orderId}', orderId)
    .replace('{notificationId}', 'nowhere');
  return rig.ask(`/${version}${path}`, {
    method,
    headers: {
      ...(entry.kind === 'write' && { 'Content-Type': entry.operation.contentType }),
      Authorization: `Bearer ${access_token}`,
      ...(entry.kind === 'write' && { 'Idempotency-Key': randomUUID() }),
      ...(entry.kind === 'write' && entry.ifMatch && { 'If-Match': '*' }),
    },
    ...(entry.kind === 'write' && entry.body && { body: {} }),
  });
}

describe('every operation requires its scopes', () => {
  test.each(everyOperation)('%s accepts a token with exactly its scopes', async (_title, version, row) => {
    const { status, text } = await askWith(row.entry.scopes, version, row);
    expect([text, status]).toEqual([text, row.path.includes('{notificationId}') ? 404 : 200]);
  });

  test.each(everyOperation)(
    '%s rejects a token that lacks one of its scopes, without an upstream call',
    async (_title, version, row) => {
      const before = rig.calls();
      for (const missing of row.entry.scopes) {
        const granted = all.filter((scope) => scope !== missing);
        const { status, body, headers } = await askWith(granted, version, row);
        expect([missing, status, body.type]).toEqual([missing, 403, '/problems/insufficient-scope']);
        expect(headers.get('www-authenticate')).toBe(
          `Bearer error="insufficient_scope", scope="${row.entry.scopes.join(' ')}"`,
        );
      }
      expect(rig.calls()).toBe(before);
    },
  );

  // Operations of an adopter may require further scopes.
  test('every scope of the example is required by an operation', () => {
    const needed = new Set(screens.rows.flatMap(({ entry }) => entry.scopes));
    expect([...needed]).toEqual(expect.arrayContaining([...all]));
  });
});

describe('tokens of the provider', () => {
  const ask = async (scope?: string) =>
    rig.ask('/v2/customers/alice/orders', {
      headers: { Authorization: `Bearer ${await rig.token('acme-erp', {}, scope)}` },
    });

  test('a partner that requests fewer scopes receives a token with fewer scopes', async () => {
    expect((await ask()).status).toBe(200);
    expect((await ask('orders:read')).status).toBe(200);
    expect((await ask('customers:read')).status).toBe(403);
  });

  test('T4 a rejection for a missing scope counts against the quota', async () => {
    const [first, second] = [await ask('customers:read'), await ask('customers:read')];
    const left = ({ headers }: Answered) => Number(/"burst";r=(\d+)/.exec(headers.get('ratelimit')!)![1]);
    expect(left(first) - left(second)).toBe(1);
  });

  test('A6 a cache entry of a token with more scopes is not used for a token with fewer', async () => {
    const before = rig.calls();
    await ask('orders:read');
    await ask('orders:read customers:read');
    expect(rig.calls() - before).toBeGreaterThan(0);
  });
});
