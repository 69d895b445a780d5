import { describe, expect, test } from '@jest/globals';
import { readSettings, serviceSettings, SettingsError } from '../../src/index.ts';
import { parseRedisAddress, type RedisAddress } from '../../src/state/redis-address.ts';

const anonymous = {
  kind: 'sentinel',
  username: undefined,
  password: undefined,
  db: 0,
  tls: undefined,
} as const;

describe('addresses of Redis', () => {
  test.each<[text: string, address: RedisAddress]>([
    ['redis://127.0.0.1:6379', { kind: 'single', url: 'redis://127.0.0.1:6379', tls: undefined }],
    [
      'rediss://user:p%40ss@host:6380/2',
      { kind: 'single', url: 'rediss://user:p%40ss@host:6380/2', tls: {} },
    ],
    ['redis://a:1,redis://b:2', { kind: 'cluster', urls: ['redis://a:1', 'redis://b:2'], tls: undefined }],
    ['redis+sentinel://a/m', { ...anonymous, sentinels: [{ host: 'a', port: 26_379 }], name: 'm' }],
    [
      'rediss+sentinel://me:p%3Aw:d@a:1,b.c,[::1]:3/my-master/5',
      {
        kind: 'sentinel',
        sentinels: [
          { host: 'a', port: 1 },
          { host: 'b.c', port: 26_379 },
          { host: '::1', port: 3 },
        ],
        name: 'my-master',
        username: 'me',
        password: 'p:w:d',
        db: 5,
        tls: {},
      },
    ],
    [
      'redis+sentinel://:secret@a/m',
      { ...anonymous, sentinels: [{ host: 'a', port: 26_379 }], name: 'm', password: 'secret' },
    ],
  ])('the Redis address %s is parsed', (text, address) => expect(parseRedisAddress(text)).toEqual(address));

  test.each([
    'http://a',
    'redis://',
    'redis://a,',
    'redis://a,b',
    'redis+sentinel://a',
    'redis+sentinel:///m',
    'redis+sentinel://a,/m',
    'redis+sentinel://a:x/m',
    'redis+sentinel://a/m/x',
    'redis+sentinel://secret@/m',
    'redis+sentinel://a/m,redis://b',
    'redis+sentinel://a:99999/m',
    'redis+sentinel://:secret%zz@a/m',
    'redis+sentinel://[:::]/m',
    'redis://a:99999',
    'redis://:secret%zz@a',
    'redis://a:1,redis://:secret%zz@b',
  ])('the invalid Redis address %s is rejected with an error that does not contain the address', (text) => {
    expect(() => parseRedisAddress(text)).toThrow(new TypeError('not an address of Redis'));
    const settings = serviceSettings({ port: 1, managementPort: 2 });
    expect(() => readSettings(settings, { REDIS_URL: text })).toThrow(SettingsError);
    expect(() => readSettings(settings, { REDIS_URL: text })).not.toThrow('secret');
  });
});
