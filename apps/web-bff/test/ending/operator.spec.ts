import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Service } from '@bff/service-kit';
import { freePort, startRedis, until, type TestRedis } from '@bff/testbed';
import { readConfig } from '../../src/config.ts';
import { startWebBff } from '../../src/wiring.ts';
import { startFakeProvider, type FakeProvider } from '../login/fake-provider.ts';
import { startRig, type Rig } from '../rig.ts';
import { createWebBrowser, type WebBrowser } from '../web-browser.ts';

const token = 'the-operator-token-of-this-test-0123';
/** Longest allowed cache time: a replica that missed the end of a session would still accept that session. */
const settings = { OPERATOR_TOKEN: token, SESSION_CACHE_SECONDS: '60' };
let provider: FakeProvider;
let redis: TestRedis;
let rig: Rig;
let other: Service;
beforeAll(async () => {
  [provider, redis] = await Promise.all([startFakeProvider(), startRedis()]);
  rig = await startRig({ ISSUER: provider.issuer, REDIS_URL: redis.url, ...settings });
  const env = { ...rig.env, PORT: String(await freePort()), MANAGEMENT_PORT: '0' };
  other = (await startWebBff(readConfig(env))).service;
  await until(async () => (await fetch(`${other.managementUrl}/readyz`)).status === 200);
});
afterAll(async () => {
  await other.stop();
  await rig.close();
  await redis.close();
  provider.close();
});

let user: { sub: string; sid: string };
let users = 0;
let browser: WebBrowser;
beforeEach(async () => {
  user = { sub: `user-${++users}`, sid: `sid-${users}` };
  browser = createWebBrowser(rig.service.url);
  await provider.login(browser, user);
});

const asked = { by: 'op@example', why: 'test' };
async function operate(action: string, body: object, headers = { Authorization: `Bearer ${token}` }) {
  const answer = await fetch(`${rig.service.managementUrl}/sessions/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ ...asked, ...body }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
/** Returns the statuses of a browser at both replicas, which cache the session afterwards. */
const alive = (from = browser) =>
  Promise.all(
    [rig.service.url, other.url].map(
      async (url) =>
        (await fetch(`${url}/auth/session`, { headers: { Cookie: `__Host-bff=${from.handle}` } })).status,
    ),
  );

test('when an operator ends the sessions of one user, every replica rejects them at once, despite cached sessions, and other users stay logged in', async () => {
  const bystander = createWebBrowser(rig.service.url);
  await provider.login(bystander, { sub: `other-${users}`, sid: `other-${users}` });
  expect([await alive(), await alive(bystander)]).toEqual([
    [200, 200],
    [200, 200],
  ]);
  expect((await operate('count', { subject: user.sub })).body).toEqual({ count: 1 });
  expect((await operate('end', { subject: user.sub })).body).toEqual({
    ended: 1,
    before: expect.any(String),
  });
  expect([await alive(), await alive(bystander)]).toEqual([
    [401, 401],
    [200, 200],
  ]);
});

test('an operator ends the sessions of one tenant, or all sessions older than a point in time, at every replica', async () => {
  const before = new Date().toISOString();
  const { body } = await operate('list', { subject: user.sub });
  const [{ tenant }] = body['sessions'] as [{ tenant: string }];
  const elsewhere = await operate('end', { tenant: 'no-such-tenant' });
  expect([elsewhere.body['ended'], await alive()]).toEqual([0, [200, 200]]);
  await operate('end', { tenant });
  expect(await alive()).toEqual([401, 401]);

  await until(() => Date.now() > Date.parse(before) + 2_000);
  const late = createWebBrowser(rig.service.url);
  await provider.login(late, { sub: `late-${users}`, sid: `late-${users}` });
  expect(await alive(late)).toEqual([200, 200]);
  await operate('end', { everybody: true, before });
  expect(await alive(late)).toEqual([200, 200]);
  await operate('end', { everybody: true });
  expect(await alive(late)).toEqual([401, 401]);
}, 20_000);

test("a login that was pending when its user's sessions were ended creates a session that has already ended; the next login succeeds", async () => {
  const iat = Math.floor(Date.now() / 1000) - 5;
  await operate('end', { subject: user.sub });
  await provider.login(browser, { ...user, iat });
  expect(await alive()).toEqual([401, 401]);
  await until(() => Date.now() > (iat + 7) * 1000);
  await provider.login(browser, user);
  expect(await alive()).toEqual([200, 200]);
});

test('the public port answers 404 to session operations, and the management port requires the operator token', async () => {
  const send = (url: string, headers: Record<string, string>) =>
    fetch(`${url}/sessions/end`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ ...asked, subject: user.sub }),
    });
  expect((await send(rig.service.url, { Authorization: `Bearer ${token}` })).status).toBe(404);
  expect((await send(rig.service.managementUrl, {})).status).toBe(401);
  expect(await alive()).toEqual([200, 200]);
});

async function command(...args: string[]) {
  const main = resolve(import.meta.dirname, '../../src/main.ts');
  const env = { ...rig.env, ...settings, REDIS_URL: redis.url, PATH: process.env['PATH'] ?? '' };
  const child = spawn(process.execPath, [main, ...args], { env });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  const lines = out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code: code as number, lines, err };
}

test('`--end-sessions` in the image ends the sessions in running replicas, and prints the result and one audit line', async () => {
  expect(await alive()).toEqual([200, 200]);
  const args = ['--subject', user.sub, '--by', 'op@example', '--why', 'ticket 7'];
  const counted = await command('--count-sessions', ...args);
  expect([counted.code, counted.lines]).toEqual([0, expect.arrayContaining([{ count: 1 }])]);
  const { code, lines, err } = await command('--end-sessions', ...args);
  expect([code, err]).toEqual([0, '']);
  expect(lines).toEqual(
    expect.arrayContaining([
      { ended: 1, before: expect.any(String) },
      expect.objectContaining({
        service: 'web-bff',
        audit: 'sessions.end',
        by: 'op@example',
        why: 'ticket 7',
        sessions: 1,
      }),
    ]),
  );
  expect(lines).toHaveLength(2);
  expect(await alive()).toEqual([401, 401]);
}, 60_000);

test.each([
  ['a call without a reason', ['--subject', 'x', '--by', 'op'], /why/],
  ['a call without a target', ['--by', 'op', '--why', 'x'], /exactly one/],
  ['a misspelt option', ['--subjekt', 'x', '--by', 'op', '--why', 'x'], /subjekt/],
])(
  '`--end-sessions` rejects %s with exit code 1 and ends no session',
  async (_, args, words) => {
    const { code, err } = await command('--end-sessions', ...args);
    expect([code, err]).toEqual([1, expect.stringMatching(words)]);
    expect(await alive()).toEqual([200, 200]);
  },
  60_000,
);
