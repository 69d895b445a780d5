import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createMemoryStore, readSettings, type Environment } from '@bff/service-kit';
import { bulkheadDefaults } from '../src/resilience/bulkhead-settings.ts';
import { upstreamSettings, upstreamSettingsFaults, upstreamsFrom } from '../src/index.ts';

const read = (env: Environment) => readSettings(upstreamSettings, env, upstreamSettingsFaults);

test('in development the upstreams are where the demo services listen', () => {
  expect(upstreamsFrom(read({}))).toMatchObject({
    addresses: {
      user: 'http://127.0.0.1:8080',
      order: 'http://127.0.0.1:8081',
      notification: 'http://127.0.0.1:8082',
      loyalty: 'http://127.0.0.1:8083',
    },
  });
});

test('production names every address that is missing', () => {
  expect(() => read({ NODE_ENV: 'production' })).toThrow(
    /USER_SERVICE_URL[^]*ORDER_SERVICE_URL[^]*NOTIFICATION_SERVICE_URL[^]*LOYALTY_SERVICE_URL/,
  );
});

test('a client certificate is given whole or not at all', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pem-'));
  const file = (name: string) => {
    writeFileSync(join(folder, name), name);
    return join(folder, name);
  };
  const files = {
    UPSTREAM_CA_FILE: file('ca'),
    UPSTREAM_CERT_FILE: file('cert'),
    UPSTREAM_KEY_FILE: file('key'),
  };
  const { tls } = upstreamsFrom(read(files));
  expect([tls?.ca, tls?.cert, tls?.key].map(String)).toEqual(['ca', 'cert', 'key']);
  expect(() => read({ ...files, UPSTREAM_KEY_FILE: '' })).toThrow('must be set together');
});

test('what is not set has the defaults of the lib, and what is set arrives', () => {
  const bulkheads = (maxConcurrent: number, maxQueued: number) =>
    Object.fromEntries(
      ['user', 'order', 'notification', 'loyalty'].map((name) => [name, { maxConcurrent, maxQueued }]),
    );
  expect(upstreamsFrom(read({}))).toMatchObject({
    cache: { maxBytes: 16_777_216, staleIfErrorMs: 600_000 },
    bulkheads: bulkheads(bulkheadDefaults.maxConcurrent, bulkheadDefaults.maxQueued),
    retries: 1,
  });
  const env = {
    UPSTREAM_CACHE_BYTES: '0',
    UPSTREAM_STALE_IF_ERROR_MS: '1000',
    UPSTREAM_MAX_CONCURRENT: '10',
    UPSTREAM_MAX_QUEUED: '0',
    UPSTREAM_RETRIES: '0',
  };
  expect(upstreamsFrom(read(env))).toMatchObject({
    cache: { maxBytes: 0, staleIfErrorMs: 1_000 },
    bulkheads: bulkheads(10, 0),
    retries: 0,
  });
});

test('a store that is shared is used for answers too, and one in memory is not', () => {
  const memory = createMemoryStore();
  const redis = { ...memory, kind: 'redis' } as const;
  expect(upstreamsFrom(read({}), redis).cache?.store).toBe(redis);
  expect(upstreamsFrom(read({}), memory).cache).not.toHaveProperty('store');
});

test('all that is wrong is told at once', () => {
  const env = { UPSTREAM_MAX_CONCURRENT: '0', UPSTREAM_RETRIES: '9', UPSTREAM_CACHE_BYTES: '10' };
  expect(() => read(env)).toThrow(
    /CONCURRENT must be at least 1[^]*RETRIES must be at most 3[^]*CACHE_BYTES must be 0 or/,
  );
});
