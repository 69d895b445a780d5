import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { screens as table } from '../../src/screens.ts';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

/** Every screen of the table, as a path for a user who has all data. */
const screens = table.rows.flatMap(({ path, entry }) =>
  entry.kind === 'screen' ? [`/api${path.replace('{id}', 'alice-o2')}`] : [],
);
const get = (path: string, user: string) => request(rig.service.url).get(path).set(rig.as(user));
const withoutMeta = ({ _meta, ...view }: Record<string, unknown>) => {
  expect(_meta).toMatchObject({ complete: true });
  return view;
};

describe.each(screens)('%s', (path) => {
  test('a user of globex sees only names, emails and order ids, whatever the request selects', async () => {
    const own = path.replace('alice', 'gina');
    const everything = '?fields=name,email,id,status,orders[*].id,orders[*].status,theme,notifications[*].id';
    for (const query of ['', everything, '?shape=flat']) {
      const { status, text } = await get(own + query, 'gina');
      expect(status).toBe(200);
      const view = withoutMeta(JSON.parse(text));
      const named = Object.keys(view).filter(
        (name) => !/^(name|email|id|orders(\.\d+\.id)?|next_cursor)$/.test(name),
      );
      expect(named).toEqual([]);
      for (const order of (view['orders'] ?? []) as object[]) expect(Object.keys(order)).toEqual(['id']);
      expect(text).not.toMatch(/SSN|INTERNAL|total_cents|theme|title/);
    }
  });

  test('T1 the answers to one user in two tenants have different entity tags', async () => {
    const own = path.replace('alice', 'max');
    const of = async (tenant: string) => (await get(own, 'max').set('X-Tenant-ID', tenant)).headers['etag'];
    expect(await of('acme')).toBeDefined();
    expect(await of('acme')).not.toBe(await of('globex'));
  });
});
