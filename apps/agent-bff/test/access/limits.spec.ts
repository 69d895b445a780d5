import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tools } from '../../src/tools.ts';
import { allScopes, startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ BURST_LIMIT: '3', BURST_WINDOW_SECONDS: '3600', DAILY_LIMIT: '100000' });
});
afterAll(() => rig.close());

const [tool] = tools;

test('T4 answers 429 without an upstream call when an agent exceeded its quota for this user', async () => {
  const statuses = [];
  for (let count = 0; count < 4; count++) statuses.push((await rig.call(tool!.name)).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const before = rig.calls();
  const refused = await rig.call(tool!.name);
  expect([refused.status, rig.calls()]).toEqual([429, before]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('T4 another user of the agent and another agent of the user each have their own quota', async () => {
  expect((await rig.call(tool!.name, {}, { user: 'bob', scope: allScopes })).status).toBe(200);
  const agent = await rig.agent();
  expect((await agent.client.listTools()).tools).not.toHaveLength(0);
  await agent.close();
});
