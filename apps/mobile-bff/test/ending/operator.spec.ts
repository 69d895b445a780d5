import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Service } from '@bff/service-kit';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import { startRig, type Rig } from '../rig.ts';
import { beginDevice, decideDevice, poll } from '../world/device.ts';
import { callApi, codeFor, post, redeem, type Answer } from '../world/native-app.ts';

const token = 'the-operator-token-of-this-test-0123';
let redis: TestRedis;
let rig: Rig;
let other: Service;
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({
    REDIS_URL: redis.url,
    REVALIDATION_SECONDS: '900',
    SESSION_CACHE_SECONDS: '60',
    OPERATOR_TOKEN: token,
  });
  other = await rig.replica({ MANAGEMENT_PORT: '0' });
  await until(async () => (await fetch(`${other.managementUrl}/readyz`)).status === 200);
});
afterAll(async () => {
  await rig.close();
  await redis.close();
});

async function operate(action: string, body: object) {
  const answer = await fetch(`${other.managementUrl}/sessions/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ by: 'op@example', why: 'test', ...body }),
  });
  return (await answer.json()) as { readonly ended?: number; readonly count?: number };
}
/** Waits for the next second: an end mark also covers logins of the second in which it was set. */
const nextSecond = async () => {
  const second = Math.floor(Date.now() / 1000);
  await until(() => Date.now() / 1000 >= second + 1);
};
const logIn = async (): Promise<Answer> => redeem(rig.url, await codeFor(rig.url, 'bob'));
const alive = async ({ body }: Answer) => [
  await callApi(rig.url, body['access_token']!),
  await callApi(other.url, body['access_token']!),
];
const refresh = ({ body }: Answer) =>
  post(`${rig.url}/oauth/token`, {
    grant_type: 'refresh_token',
    client_id: 'demo-app',
    refresh_token: body['refresh_token']!,
  });

test('when an operator ends the sessions of one client, every replica rejects its access and refresh tokens, and accepts those of another client', async () => {
  await nextSecond();
  const phone = await logIn();
  const codes = await beginDevice(rig.url);
  await decideDevice(rig.url, codes['user_code']!, 'approve', { username: 'bob' });
  const television = await poll(rig.url, codes['device_code']!);
  expect([await alive(phone), await alive(television)]).toEqual([
    [200, 200],
    [200, 200],
  ]);
  expect(await operate('count', { client: 'demo-app' })).toEqual({ count: 1 });
  expect((await operate('end', { client: 'demo-app' })).ended).toBe(1);
  expect([await alive(phone), await alive(television)]).toEqual([
    [401, 401],
    [200, 200],
  ]);
  const refreshed = await refresh(phone);
  expect([refreshed.status, refreshed.body['error']]).toEqual([400, 'invalid_grant']);
});

test('an authorization code that was issued before an operator ended all sessions yields no valid token', async () => {
  const code = await codeFor(rig.url, 'bob');
  await nextSecond();
  await operate('end', { everybody: true });
  const late = await redeem(rig.url, code);
  expect(await alive(late)).toEqual([401, 401]);
  await nextSecond();
  expect(await alive(await logIn())).toEqual([200, 200]);
});
