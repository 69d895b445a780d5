import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';

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

test('F48 partner-bff stays ready during an outage of Redis, because reads succeed without Redis, and readiness reports the outage', async () => {
  const readyz = async () => {
    const answer = await fetch(`${rig.service.managementUrl}/readyz`);
    return [answer.status, ((await answer.json()) as { checks: { store: string } }).checks.store];
  };
  await until(async () => (await readyz())[1] === 'ok');
  await redis.kill();
  await until(async () => (await readyz())[1] === 'gone');
  const until4s = performance.now() + 4_000;
  await until(
    async () => {
      expect(await readyz()).toEqual([200, 'gone']);
      expect((await rig.ask(anyScreen)).status).toBe(200);
      return performance.now() > until4s;
    },
    // The quota is 100 requests per minute.
    { everyMs: 200 },
  );
  await redis.start();
  await until(async () => (await readyz())[1] === 'ok');
}, 30_000);
