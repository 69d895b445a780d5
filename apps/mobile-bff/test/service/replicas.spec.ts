import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createBrowser, logoutThroughForm } from '@bff/dev-idp';
import type { Service } from '@bff/service-kit';
import { startRedis, type TestRedis } from '@bff/testbed';
import { startRig, type Rig } from '../rig.ts';
import { beginDevice, decideDevice, poll } from '../world/device.ts';
import {
  authorizeUrl,
  callApi,
  codeFor,
  logoutQuery,
  post,
  redeem,
  signIn,
  toApp,
} from '../world/native-app.ts';

/** Two instances of mobile-bff behind one public origin, with a real Redis. */
let redis: TestRedis;
let rig: Rig;
let one: string;
let other: string;
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ REDIS_URL: redis.url });
  const second: Service = await rig.replica();
  [one, other] = [rig.service.url, second.url];
});
afterAll(async () => {
  await rig.close();
  await redis.close();
});

test('M5 a code of one replica is redeemed at the other, its token works at both, and a revocation at one is effective at both', async () => {
  const { body } = await redeem(other, await codeFor(one));
  const token = body['access_token']!;
  for (const origin of [one, other, one]) expect(await callApi(origin, token)).toBe(200);
  await post(`${one}/oauth/revoke`, { client_id: 'demo-app', token });
  for (const origin of [other, one]) expect(await callApi(origin, token)).toBe(401);
});

test('M5 a code that is redeemed several times at two replicas yields no valid token', async () => {
  const code = await codeFor(one);
  const answers = await Promise.all([one, other, one, other].map((origin) => redeem(origin, code)));
  const tokens = answers.flatMap(({ body }) => body['access_token'] ?? []);
  expect(tokens.length).toBeLessThanOrEqual(1);
  for (const token of tokens) expect(await callApi(other, token)).toBe(401);
});

test('W2 a login that started at one replica is finished at the other', async () => {
  const begun = await fetch(authorizeUrl(one), { redirect: 'manual' });
  const callback = new URL(await signIn(begun.headers.get('location')!, createBrowser()));
  const cookie = begun.headers.getSetCookie()[0]!.split(';', 1)[0]!;
  const finished = await fetch(`${other}${callback.pathname}${callback.search}`, {
    headers: { Cookie: cookie },
    redirect: 'manual',
  });
  const code = new URL(finished.headers.get('location')!).searchParams.get('code')!;
  expect((await redeem(one, code)).status).toBe(200);
});

test('M4 when a device polls both replicas, they enforce one polling interval, and exactly one poll gets a token after the approval', async () => {
  const { device_code: code, user_code: userCode } = await beginDevice(other);
  expect((await poll(one, code!)).body['error']).toBe('authorization_pending');
  expect((await poll(other, code!)).body['error']).toBe('slow_down');
  await decideDevice(rig.url, userCode!, 'approve');
  const answers = await Promise.all([one, other, one, other].map((origin) => poll(origin, code!)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400]);
});

test('W11 a logout at the provider is effective at both replicas when its request returns', async () => {
  const browser = createBrowser();
  const code = (await toApp(rig.url, { browser })).searchParams.get('code')!;
  const token = (await redeem(other, code)).body['access_token']!;
  for (const origin of [one, other]) expect(await callApi(origin, token)).toBe(200);
  await logoutThroughForm({ endSessionUrl: `${rig.world.idp.issuer}/session/end?${logoutQuery}`, browser });
  for (const origin of [one, other]) expect(await callApi(origin, token)).toBe(401);
});

test('a token is stored in the home tenant of its user', async () => {
  await redeem(one, await codeFor(one, 'gina'));
  expect(redis.cli('--scan')).toMatch(/^\{globex\}:token:[\w-]{43}$/m);
});
