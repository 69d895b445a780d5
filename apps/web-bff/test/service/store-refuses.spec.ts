import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { freePort, startRedis, until, type TestRedis } from '@bff/testbed';
import request from 'supertest';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';
import { createWebBrowser } from '../web-browser.ts';

let redis: TestRedis;
let rig: Rig;
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ REDIS_URL: redis.url });
}, 30_000);
afterAll(async () => {
  await rig.close();
  await redis.close();
});

const readyz = async () => {
  const answer = await fetch(`${rig.service.managementUrl}/readyz`);
  const { checks } = (await answer.json()) as { checks: { store: string } };
  return { status: answer.status, checks };
};
const get = (path: string, fields: Record<string, string> = {}) =>
  request(rig.service.url).get(path).set(fields);
afterEach(async () => {
  redis.cli('REPLICAOF', 'NO', 'ONE');
  redis.cli('CONFIG', 'SET', 'min-replicas-to-write', '0');
  redis.cli('CONFIG', 'SET', 'maxmemory', '0');
  await until(async () => (await readyz()).checks.store === 'ok');
});

test.each([
  ['READONLY', async () => redis.cli('REPLICAOF', '127.0.0.1', String(await freePort()))],
  ['NOREPLICAS', () => redis.cli('CONFIG', 'SET', 'min-replicas-to-write', '1')],
  ['OOM', () => redis.cli('CONFIG', 'SET', 'maxmemory', '1')],
])(
  'F41 F45 while Redis answers writes with %s, sessions stay valid, a login gets 503, and readiness reports the reason',
  async (kind, begin) => {
    await begin();
    for (const turn of [1, 2, 3]) {
      // Advances past the interval within which a use of the session is not recorded again.
      rig.clock.advance(65_000);
      expect([turn, (await get(anyScreen, rig.as('alice'))).status]).toEqual([turn, 200]);
      expect((await get('/auth/session', rig.as('alice'))).status).toBe(200);
    }
    const browser = createWebBrowser(rig.service.url);
    const callback = await browser.signIn(await browser.begin());
    const refused = await browser.navigate(callback);
    expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('Reading works')]);
    expect(refused.headers['retry-after']).toBeDefined();
    const ready = await readyz();
    expect(ready.status).toBe(200);
    expect(ready.checks.store).toMatch(new RegExp(`^no writes: ${kind} `));
  },
);

test('F48 web-bff is not ready while Redis with its sessions is down, and is ready after Redis has recovered', async () => {
  await redis.kill();
  await until(async () => (await readyz()).status === 503);
  await redis.start();
  await until(async () => (await readyz()).status === 200);
}, 30_000);
