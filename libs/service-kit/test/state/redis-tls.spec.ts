import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { freePort, selfSignedCertificate, startRedis, until, type TestRedis } from '@bff/testbed';
import {
  createLogger,
  openStore,
  readSettings,
  serviceErrors,
  serviceSettings,
  stateKey,
  type StateStore,
  type TenantId,
} from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'redis-tls-'));
const path = (name: string) => join(folder, name);
const key = stateKey('t1' as TenantId, 'session', 'u1');
let redis: TestRedis;
let url: string;
const stores: StateStore[] = [];

/** Starts a Redis with its default for TLS: clients need a certificate. */
beforeAll(async () => {
  for (const name of ['ours', 'stranger']) selfSignedCertificate(folder, name, 'IP:127.0.0.1');
  const port = await freePort();
  const files = [
    '--tls-cert-file',
    path('ours.crt'),
    '--tls-key-file',
    path('ours.key'),
    '--tls-ca-cert-file',
    path('ours.crt'),
  ];
  redis = await startRedis('--tls-port', String(port), ...files);
  url = `rediss://127.0.0.1:${port}`;
});
afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())));
afterAll(async () => {
  await redis.close();
  rmSync(folder, { recursive: true });
});

function open(files: Readonly<Record<string, string>>): StateStore {
  const settings = serviceSettings({ port: 1, managementPort: 2 });
  const values = readSettings(settings, { REDIS_URL: url, ...files }, (read) => serviceErrors(read));
  const store = openStore(values, { log: createLogger('test', 'silent'), tracing: undefined });
  stores.push(store);
  return store;
}
const identity = (name: string) => ({
  REDIS_CERT_FILE: path(`${name}.crt`),
  REDIS_KEY_FILE: path(`${name}.key`),
});

test('F81 with a Redis that has a certificate of a private authority and requires a client certificate, keys and messages work', async () => {
  const files = { REDIS_CA_FILE: path('ours.crt'), ...identity('ours') };
  const [one, other] = [open(files), open(files)];
  await until(() =>
    one.set(key, 'x', 10_000).then(
      () => true,
      () => false,
    ),
  );
  expect(String(await one.get(key))).toBe('x');
  const heard: string[] = [];
  const listening = one.listen('session-ended', (text) => heard.push(text));
  await until(() => listening.epoch !== undefined);
  await until(() =>
    other.publish('session-ended', 'hello').then(
      () => heard.length > 0,
      () => false,
    ),
  );
  expect(heard[0]).toBe('hello');
});

test.each([
  ['the authorities of the system', {}],
  ['another authority', { REDIS_CA_FILE: 'stranger.crt' }],
])(
  'F81 when the certificate of Redis is checked against %s, nothing is sent to Redis',
  async (_, { REDIS_CA_FILE: ca }: { REDIS_CA_FILE?: string }) => {
    const store = open({ ...identity('ours'), ...(ca !== undefined && { REDIS_CA_FILE: path(ca) }) });
    await expect(store.set(key, 'x', 10_000)).rejects.toThrow('the state store did not answer in time');
  },
);

test('F81 certificate files are rejected at start when REDIS_URL does not begin with rediss', () => {
  const settings = serviceSettings({ port: 1, managementPort: 2 });
  const env = { REDIS_URL: redis.url, REDIS_CA_FILE: path('ours.crt') };
  expect(() => readSettings(settings, env, (read) => serviceErrors(read))).toThrow(
    'REDIS_URL must begin with rediss',
  );
});
