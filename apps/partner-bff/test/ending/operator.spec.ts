import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Service } from '@bff/service-kit';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';

const token = 'the-operator-token-of-this-test-0123';
let redis: TestRedis;
let rig: Rig;
let other: Service;
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ REDIS_URL: redis.url, OPERATOR_TOKEN: token });
  other = await rig.replica({ PORT: '0', MANAGEMENT_PORT: '0' });
  await until(async () => (await fetch(`${other.managementUrl}/readyz`)).status === 200);
}, 30_000);
afterAll(async () => {
  await rig.close();
  await redis.close();
});

const nextSecond = async () => {
  const second = Math.floor(Date.now() / 1000);
  await until(() => Date.now() / 1000 >= second + 1);
};
beforeEach(nextSecond);

async function operate(action: string, body: object) {
  const answer = await fetch(`${rig.service.managementUrl}/sessions/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ by: 'op@example', why: 'test', ...body }),
  });
  return [answer.status, await answer.json()] as const;
}
/** Returns the statuses at both replicas, which have verified the token before. */
const statuses = (Authorization: string) =>
  Promise.all(
    [rig.service.url, other.url].map(
      async (url) => (await fetch(url + anyScreen, { headers: { Authorization } })).status,
    ),
  );
const [acme, globex] = ['acme-erp', 'globex-crm'] as const;
const subjectIn = (bearer: string): string =>
  (JSON.parse(Buffer.from(bearer.split('.')[1]!, 'base64url').toString()) as { sub: string }).sub;

test.each([
  ['a client', () => ({ client: acme })],
  ['a tenant', () => ({ tenant: 'acme' })],
  ['a subject', (bearer: string) => ({ subject: subjectIn(bearer) })],
])(
  'when an operator ends the access of %s, every replica rejects its access tokens and accepts a new token',
  async (_, target) => {
    const { Authorization } = await rig.as(acme);
    const { Authorization: others } = await rig.as(globex);
    expect([await statuses(Authorization), await statuses(others)]).toEqual([
      [200, 200],
      [200, 200],
    ]);
    expect(await operate('end', target(Authorization))).toEqual([200, { before: expect.any(String) }]);
    await until(async () => (await statuses(Authorization))[1] === 401);
    expect([await statuses(Authorization), await statuses(others)]).toEqual([
      [401, 401],
      [200, 200],
    ]);
    await nextSecond();
    expect(await statuses((await rig.as(acme)).Authorization)).toEqual([200, 200]);
  },
);

test('during an outage of Redis, an access token that an operator ended gets 401 with the challenge of RFC 6750', async () => {
  const { Authorization } = await rig.as(globex);
  await operate('end', { everybody: true });
  await redis.kill();
  const answer = await fetch(rig.service.url + anyScreen, { headers: { Authorization } });
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
    401,
    expect.stringContaining('error="invalid_token"'),
  ]);
  expect((await operate('end', { client: acme }))[0]).toBe(503);
  await redis.start();
});

test('access tokens cannot be counted or listed, because partner-bff stores no sessions', async () => {
  expect((await operate('count', { everybody: true }))[0]).toBe(400);
  expect((await operate('list', { everybody: true }))[0]).toBe(400);
});
