import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSettings, type Environment } from '@bff/service-kit';
import { upstreamSettings, upstreamSettingsFaults, upstreamsFrom } from '../src/index.ts';

const read = (env: Environment) => readSettings(upstreamSettings, env, upstreamSettingsFaults);

test('in development the upstreams are where the demo services listen', () => {
  expect(upstreamsFrom(read({}))).toEqual({
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
