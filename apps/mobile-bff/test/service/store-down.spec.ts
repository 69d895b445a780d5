import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createBrowser, logoutThroughForm } from '@bff/dev-idp';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';
import { beginDevice, openDevice } from '../world/device.ts';
import { authorizeUrl, beginLogin, codeFor, logoutQuery, post, redeem, signIn } from '../world/native-app.ts';
import { startRecorder } from '../world/recorder.ts';

let redis: TestRedis;
let rig: Rig;
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ REDIS_URL: redis.url, SESSION_CACHE_SECONDS: '0' });
});
afterAll(async () => {
  await rig.close();
  await redis.close();
});

test('W10 during an outage of the store, requests get 503, and nobody is logged out', async () => {
  const headers = await rig.as('alice');
  const [lost, kept] = [await codeFor(rig.url), await codeFor(rig.url)];
  const { user_code: userCode } = await beginDevice(rig.url);
  const browser = createBrowser();
  const page = await openDevice(rig.url, userCode!, { browser });
  const ask = () => fetch(`${rig.url}${anyScreen}`, { headers });
  expect((await ask()).status).toBe(200);

  redis.pause();
  const api = await ask();
  expect([api.status, api.headers.get('retry-after'), api.headers.get('www-authenticate')]).toEqual([
    503,
    '5',
    null,
  ]);
  expect(await api.json()).toMatchObject({ type: '/problems/unavailable' });

  for (const { status, body, headers: sent } of [
    await redeem(rig.url, lost),
    await post(`${rig.url}/oauth/device_authorization`, { client_id: 'demo-tv' }),
    await post(`${rig.url}/oauth/revoke`, { client_id: 'demo-app', token: 'A'.repeat(43) }),
  ])
    expect([status, body, sent.get('retry-after')]).toEqual([503, { error: 'temporarily_unavailable' }, '5']);

  const decided = await browser.submit(page, { decision: 'approve' });
  expect([decided.status, decided.html]).toEqual([503, expect.stringContaining('temporarily unavailable')]);
  const login = createBrowser();
  const callback = await signIn(await beginLogin(rig.url, login), login);
  const stopped = await login.open(callback);
  expect([stopped.status, stopped.html]).toEqual([503, expect.stringContaining('temporarily unavailable')]);

  redis.resume();
  await until(async () => (await ask()).status === 200);
  // The provider's code was not redeemed, so the same callback works.
  const { leavesTo } = await login.open(callback);
  expect(new URL(leavesTo!).searchParams.get('code')).toBeTruthy();
  expect((await redeem(rig.url, kept)).status).toBe(200);
}, 20_000);

test('W10 an authorization request succeeds without the store', async () => {
  await redis.kill();
  expect((await fetch(authorizeUrl(rig.url), { redirect: 'manual' })).status).toBe(302);
  await redis.start();
  await rig.ready();
}, 20_000);

test('W11 a logout during an outage of the store gets 503, and the same logout token is accepted later', async () => {
  const browser = createBrowser();
  await signIn(await beginLogin(rig.url, browser), browser).then((callback) => browser.open(callback));
  const recorder = await startRecorder();
  let logout_token: string;
  try {
    await rig.world.idp.control.setClient('mobile-bff', { backchannel_logout_uri: recorder.url });
    await logoutThroughForm({ endSessionUrl: `${rig.world.idp.issuer}/session/end?${logoutQuery}`, browser });
    logout_token = new URLSearchParams(recorder.exchanges[0]!.body).get('logout_token')!;
  } finally {
    await recorder.close();
  }

  await redis.kill();
  const deliver = () => post(`${rig.url}/oauth/backchannel-logout`, { logout_token });
  const { status, headers, body } = await deliver();
  expect([status, headers.get('retry-after'), body]).toEqual([
    503,
    '5',
    { error: 'temporarily_unavailable' },
  ]);
  await redis.start();
  // Readiness ignores an outage this short (F48).
  await until(async () => (await deliver()).status === 200);
  expect((await deliver()).status).toBe(400);
}, 20_000);
