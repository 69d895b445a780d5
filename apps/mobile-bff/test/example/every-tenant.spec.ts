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
async function ask(path: string, user: string) {
  const { Authorization } = await rig.as(user);
  return request(rig.service.url).get(path).set({ Authorization });
}

describe.each(screens)('%s', (path) => {
  test('a user of globex sees only names, emails and order ids, whatever the request selects', async () => {
    const everything = '?fields=name,email,id,status,orders[*].id,orders[*].status,theme,notifications[*].id';
    for (const query of ['', everything]) {
      const { status, text, body } = await ask(path.replace('alice', 'gina') + query, 'gina');
      expect(status).toBe(200);
      const { _meta, orders = [], ...rest } = body;
      expect(_meta.complete).toBe(true);
      const named = Object.keys(rest).filter((name) => !/^(name|email|id|next_cursor)$/.test(name));
      expect(named).toEqual([]);
      for (const order of orders) expect(Object.keys(order)).toEqual(['id']);
      expect(text).not.toMatch(/SSN|INTERNAL|total_cents|theme|title/);
    }
  });
});
