import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loginToWebBff, startProcess, type RunningProcess, type WebBffHeaders } from '@bff/demo-world';
import { freePort, startRedis, type TestRedis } from '@bff/testbed';
import { startRig, type Rig } from '../rig.ts';
import { callApi, codeFor, redeem } from '../world/native-app.ts';

/** mobile-bff and web-bff with one real Redis. */
let redis: TestRedis;
let rig: Rig;
let web: RunningProcess;
let webUrl: string;
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ REDIS_URL: redis.url });
  const port = String(await freePort());
  webUrl = `http://127.0.0.1:${port}`;
  await rig.world.idp.control.setClient('web-bff', { redirect_uris: [`${webUrl}/auth/callback`] });
  const env = {
    ...rig.world.env,
    PUBLIC_URL: webUrl,
    PORT: port,
    MANAGEMENT_PORT: '0',
    REDIS_URL: redis.url,
  };
  const command = [resolve(import.meta.dirname, '../../../web-bff/src/main.ts')] as const;
  web = startProcess(
    { name: 'web-bff', command, env: { ...env, NODE_OPTIONS: '' }, readyUrl: `${webUrl}/auth/session` },
    () => undefined,
  );
  await web.ready;
}, 60_000);
afterAll(async () => {
  await web.stop();
  await rig.close();
  await redis.close();
});

interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly client_id?: string;
  readonly current: boolean;
}

const tokenOf = async (user: string): Promise<string> =>
  (await redeem(rig.url, await codeFor(rig.url, user))).body['access_token']!;
async function call(method: string, url: string, headers: Record<string, string>) {
  const answer = await fetch(url, { method, headers });
  const text = await answer.text();
  return { status: answer.status, entries: (text === '' ? [] : JSON.parse(text)) as readonly Entry[] };
}
const inApp = (token: string, method = 'GET', path = '') =>
  call(method, `${rig.url}/auth/sessions${path}`, { Authorization: `Bearer ${token}` });
const inBrowser = (headers: WebBffHeaders, method = 'GET', path = '') =>
  call(method, `${webUrl}/auth/sessions${path}`, { ...headers, Origin: webUrl } as Record<string, string>);
const browserIs = async (headers: WebBffHeaders): Promise<number> =>
  (await fetch(`${webUrl}/auth/session`, { headers })).status;

test('W12 an app lists and ends the sessions of its user, including those in browsers', async () => {
  const browser = await loginToWebBff({ url: webUrl, username: 'alice' });
  const token = await tokenOf('alice');
  const { status, entries } = await inApp(token);
  expect([status, entries.map(({ kind, client_id: client, current }) => [kind, client, current])]).toEqual([
    200,
    [
      ['app', 'demo-app', true],
      ['browser', undefined, false],
    ],
  ]);
  const otherUser = await tokenOf('bob');
  const id = entries.find(({ kind }) => kind === 'browser')!.id;
  expect((await inApp(otherUser, 'DELETE', `/${id}`)).status).toBe(404);
  expect(await browserIs(browser)).toBe(200);
  expect((await inApp(token, 'DELETE', `/${id}`)).status).toBe(204);
  expect(await browserIs(browser)).toBe(401);
});

test('W12 a browser lists and ends the sessions of its user in apps, and all other sessions at once', async () => {
  const browser = await loginToWebBff({ url: webUrl, username: 'gina' });
  const tokens = [await tokenOf('gina'), await tokenOf('gina'), await tokenOf('gina')];
  const ofBob = await tokenOf('bob');
  const { entries } = await inBrowser(browser);
  expect(entries.map(({ kind }) => kind).sort()).toEqual(['app', 'app', 'app', 'browser']);
  const ofFirst = (await inApp(tokens[0]!)).entries.find(({ current }) => current)!.id;
  expect((await inBrowser(browser, 'DELETE', `/${ofFirst}`)).status).toBe(204);
  expect(await callApi(rig.url, tokens[0]!)).toBe(401);
  expect(await callApi(rig.url, tokens[1]!)).toBe(200);
  expect((await inBrowser(browser, 'DELETE')).status).toBe(204);
  for (const token of tokens) expect(await callApi(rig.url, token)).toBe(401);
  expect([await callApi(rig.url, ofBob), await browserIs(browser)]).toEqual([200, 200]);
});

test('W12 an app ends its own session by id, and all other sessions at once', async () => {
  const [one, other] = [await tokenOf('alice'), await tokenOf('alice')];
  expect((await inApp(one, 'DELETE')).status).toBe(204);
  expect([await callApi(rig.url, one), await callApi(rig.url, other)]).toEqual([200, 401]);
  const { entries } = await inApp(one);
  expect(entries).toHaveLength(1);
  expect((await inApp(one, 'DELETE', `/${entries[0]!.id}`)).status).toBe(204);
  expect((await inApp(one)).status).toBe(401);
});
