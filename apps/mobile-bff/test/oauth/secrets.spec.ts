import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startProcess, startWorld, type RunningProcess, type World } from '@bff/demo-world';
import { createBrowser, logoutThroughForm, startDevIdp, type DevIdp } from '@bff/dev-idp';
import { freePort, startRedis, type TestRedis } from '@bff/testbed';
import { beginDevice, decideDevice, openDevice, poll } from '../world/device.ts';
import { callApi, logoutQuery, post, redeem, toApp, verifier } from '../world/native-app.ts';
import { startRecorder, type Recorder } from '../world/recorder.ts';

/**
 * mobile-bff runs in a separate process, as in production except for the log level. A proxy in front of the
 * provider records all exchanges.
 */
let world: World;
let redis: TestRedis;
let wire: Recorder;
let idp: DevIdp;
let bff: RunningProcess;
let url: string;
const log: string[] = [];

beforeAll(async () => {
  [world, redis] = await Promise.all([startWorld(), startRedis()]);
  const [idpPort, port, managementPort] = [await freePort(), await freePort(), await freePort()];
  wire = await startRecorder(() => `http://127.0.0.1:${idpPort}`);
  url = `http://127.0.0.1:${port}`;
  idp = await startDevIdp({
    port: idpPort,
    issuer: wire.url,
    clients: [
      {
        client_id: 'mobile-bff',
        redirect_uris: [`${url}/oauth/callback`],
        backchannel_logout_uri: `${url}/oauth/backchannel-logout`,
      },
    ],
  });
  const env = {
    ...world.env,
    NODE_OPTIONS: '',
    PORT: String(port),
    MANAGEMENT_PORT: String(managementPort),
    PUBLIC_URL: url,
    ISSUER: wire.url,
    REDIS_URL: redis.url,
    LOG_LEVEL: 'debug',
  };
  const plan = {
    name: 'mobile-bff',
    command: [resolve(import.meta.dirname, '../../src/main.ts')] as const,
    env,
    readyUrl: `http://127.0.0.1:${managementPort}/readyz`,
  };
  bff = startProcess(plan, (line) => log.push(line));
  await bff.ready;
  // The process needs two seconds of CPU time to start, which takes longer on a busy machine.
}, 120_000);
afterAll(async () => {
  await bff.stop();
  await Promise.all([idp.close(), wire.close(), redis.close(), world.close()]);
});

test('after 60 logins, 20 devices, logouts and attacks, neither the store nor the log contains a token, code or secret', async () => {
  const secrets = new Map<string, string>();
  const keep = (name: string, value: string | null | undefined): string => {
    if (value) secrets.set(value, name);
    return value ?? '';
  };
  const users = [
    'alice',
    'bob',
    'gina',
    ...Array.from({ length: 57 }, (_, n) => `acme-user-${String(n + 1).padStart(3, '0')}`),
  ];
  const dumps: string[] = [];
  let alive = '';
  for (const username of users) {
    const browser = createBrowser();
    const code = keep('code', (await toApp(url, { username, browser })).searchParams.get('code'));
    if (username === 'bob') dumps.push(redis.dump());
    const { body } = await redeem(url, code);
    const token = keep('token', body['access_token']);
    expect(await callApi(url, token)).toBe(200);
    if (username === 'alice') alive = token;
    else if (username.endsWith('0')) await post(`${url}/oauth/revoke`, { client_id: 'demo-app', token });
    else if (username.endsWith('5')) {
      await logoutThroughForm({ endSessionUrl: `${wire.url}/session/end?${logoutQuery}`, browser });
    } else if (username.endsWith('7')) await redeem(url, code);
  }
  for (const [number, username] of users.slice(0, 20).entries()) {
    const device = await beginDevice(url);
    keep('device code', device['device_code']);
    keep('user code', device['user_code']);
    await poll(url, device['device_code']!);
    if (number === 19) {
      keep(
        'confirmation',
        /confirmation"\s+value="([\w-]+)"/.exec(
          (await openDevice(url, device['user_code']!, { username })).html,
        )![1],
      );
      continue;
    }
    await decideDevice(url, device['user_code']!, number % 5 === 4 ? 'deny' : 'approve', { username });
    if (number === 3) dumps.push(redis.dump());
    keep('device token', (await poll(url, device['device_code']!)).body['access_token']);
  }
  const stray = keep('stray token', 'S'.repeat(43));
  expect(await callApi(url, stray)).toBe(401);
  await redeem(url, stray, { client_id: 'demo-tv' });
  await post(`${url}/oauth/backchannel-logout`, { logout_token: keep('stray JWT', 'eyJh.eyJi.c2ln') });
  keep('verifier', verifier);

  for (const { path, body, answer, rawHeaders } of wire.exchanges) {
    if (path !== '/token') continue;
    const sent = new URLSearchParams(body);
    keep("the provider's code", sent.get('code'));
    keep('our verifier', sent.get('code_verifier'));
    const received = JSON.parse(answer) as Record<string, string>;
    keep("the provider's access token", received['access_token']);
    keep("the provider's ID token", received['id_token']);
    for (const value of rawHeaders) if (value.startsWith('Basic ')) keep('our credentials', value.slice(6));
  }
  keep('our secret', 'mobile-bff-dev-secret');
  const kinds = Map.groupBy(secrets, ([, name]) => name);
  expect(kinds.get("the provider's access token")).toHaveLength(80);
  expect(kinds.get("the provider's ID token")).toHaveLength(80);
  expect(kinds.get('token')).toHaveLength(60);
  expect(kinds.get('device token')).toHaveLength(16);
  expect(kinds.get('confirmation')).toHaveLength(1);

  dumps.push(redis.dump());
  const places = { store: dumps.join('\n'), log: log.join('\n') };
  for (const [place, text] of Object.entries(places)) {
    const found = [...secrets].filter(([value]) => text.includes(value)).map(([, name]) => name);
    expect({ place, found }).toEqual({ place, found: [] });
    expect({ place, jwt: /eyJ[\w-]+\.[\w-]+\./.exec(text)?.[0] }).toEqual({ place, jwt: undefined });
    expect({ place, password: /passw|[":= ]demo["\s,}&]/i.exec(text)?.[0] }).toEqual({
      place,
      password: undefined,
    });
  }
  // Proves that the search covers the right data: the store has the hash of the live token, and the log has
  // the events.
  expect(places.store).toContain(`{acme}:token:${createHash('sha256').update(alive).digest('base64url')}`);
  expect(places.log).toContain('back-channel logout');
  expect(places.log).toContain('"level":"debug"');
}, 120_000);
