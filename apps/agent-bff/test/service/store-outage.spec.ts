import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import { anyArguments } from '../any-arguments.ts';
import { tools } from '../../src/tools.ts';
import { startRig, type Rig } from '../rig.ts';

let redis: TestRedis;
let rig: Rig;
const isThere = async () => {
  const answer = await fetch(`${rig.service.managementUrl}/readyz`);
  return ((await answer.json()) as { checks: { store: string } }).checks.store === 'ok';
};
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ REDIS_URL: redis.url });
  await until(isThere);
}, 30_000);
afterAll(async () => {
  await redis.start();
  await until(isThere);
  await rig.close();
  await redis.close();
}, 30_000);

test('while Redis is down, reads succeed, and a write is rejected without an upstream call', async () => {
  const read = tools.find(({ annotations, row }) => annotations.readOnlyHint && row.parameters.length === 0)!;
  const write = tools.find(({ row }) => row.method === 'POST' && row.parameters.length === 1);
  const given = write && (await anyArguments(rig, write.row, 'alice'));
  await redis.kill();
  const answered = await rig.call(read.name);
  expect([answered.status, answered.isError]).toEqual([200, false]);
  if (!write || !given) return;
  const before = rig.calls();
  const refused = await rig.call(write.name, given);
  expect([refused.isError, refused.texts, rig.calls()]).toEqual([
    true,
    [expect.stringMatching(/Call again in a few seconds/)],
    before,
  ]);
});
