import { describe, expect, test } from '@jest/globals';
import { describeSettings } from '../../src/config/settings.ts';
import {
  flag,
  httpUrl,
  integer,
  list,
  oneOf,
  readSettings,
  serviceErrors,
  serviceSettings,
  SettingsError,
  text,
  type Environment,
} from '../../src/index.ts';

const settings = {
  port: { env: 'PORT', schema: integer(0, 65535), default: 3001, meaning: 'public port' },
  level: { env: 'LEVEL', schema: oneOf(['info', 'debug']), default: 'info', meaning: 'how much' },
  issuer: {
    env: 'ISSUER',
    schema: httpUrl(),
    developmentDefault: 'http://localhost:4000',
    meaning: 'provider',
  },
  secret: {
    env: 'SECRET',
    schema: text(/^.{8,}$/, 'must have 8 characters'),
    developmentDefault: 'dev-secret',
    secret: true,
    meaning: 'key',
  },
  redis: { env: 'REDIS', schema: text(), optional: true, meaning: 'store' },
  names: { env: 'NAMES', schema: list(), default: ['a'], meaning: 'names' },
  on: { env: 'ON', schema: flag(), default: false, meaning: 'switch' },
} as const;

const errorsOf = (env: Environment): readonly string[] => {
  try {
    readSettings(settings, env);
  } catch (error) {
    if (error instanceof SettingsError) return error.errors;
    throw error;
  }
  return [];
};

describe('settings', () => {
  test('a setting whose environment variable is unset or empty has its default', () => {
    expect(readSettings(settings, { PORT: '', NAMES: '' })).toEqual({
      port: 3001,
      level: 'info',
      issuer: 'http://localhost:4000',
      secret: 'dev-secret',
      names: ['a'],
      on: false,
    });
  });

  test('readSettings converts the text of environment variables to typed values', () => {
    const values = readSettings(settings, { PORT: '0', NAMES: ' x, y,,', ON: 'true', REDIS: 'r' });
    expect(values).toMatchObject({ port: 0, names: ['x', 'y'], on: true, redis: 'r' });
  });

  test('readSettings reports every invalid setting at once, without the values of secrets', () => {
    const errors = errorsOf({
      PORT: '70000',
      LEVEL: 'loud',
      ISSUER: 'ftp://x',
      SECRET: 'hunter2',
      ON: 'yes',
    });
    expect(errors).toEqual([
      expect.stringMatching(/^PORT must be at most 65535 \(it is "70000"\)/),
      expect.stringMatching(/^LEVEL must be one of info, debug/),
      expect.stringMatching(/^ISSUER must be an http\(s\) URL/),
      expect.stringMatching(/^SECRET must have 8 characters: key$/),
      expect.stringMatching(/^ON must be true or false/),
    ]);
    expect(errors.join()).not.toContain('hunter2');
  });

  test.each(['1.5', '1e3', '0x10', ' 1', 'NaN', '--1'])(
    'a setting that must be an integer rejects %j',
    (PORT) => {
      expect(errorsOf({ PORT })).toHaveLength(1);
    },
  );

  test('in production, a setting that has its development default is rejected, whether the variable is unset or set to that value', () => {
    expect(errorsOf({ NODE_ENV: 'production' })).toEqual([
      expect.stringMatching(/^ISSUER must be set/),
      expect.stringMatching(/^SECRET must be set/),
    ]);
    expect(errorsOf({ NODE_ENV: 'production', ISSUER: 'https://idp', SECRET: 'dev-secret' })).toEqual([
      expect.stringMatching(/^SECRET is the development value/),
    ]);
  });

  test('readSettings reports an invalid combination of settings like an invalid setting', () => {
    const read = () => readSettings(settings, {}, ({ port }) => (port === 3001 ? ['PORT is unlucky'] : []));
    expect(read).toThrow('PORT is unlucky');
  });

  test('--help lists every setting with its default and meaning, and no secret', () => {
    const help = describeSettings('demo', settings);
    for (const { env, meaning } of Object.values(settings)) {
      expect(help).toContain(env);
      expect(help).toContain(meaning);
    }
    expect(help).toContain('default: 3001');
    expect(help).not.toContain('dev-secret');
  });
});

test.each([
  [{ HEADERS_TIMEOUT_MS: '5000', REQUEST_TIMEOUT_MS: '4999' }, ['HEADERS_TIMEOUT_MS']],
  [{ HEADERS_TIMEOUT_MS: '5000', REQUEST_TIMEOUT_MS: '5000' }, []],
  [{ HEADERS_TIMEOUT_MS: 'x', REQUEST_TIMEOUT_MS: '4999' }, ['HEADERS_TIMEOUT_MS']],
])(
  'HEADERS_TIMEOUT_MS is rejected when it is invalid or longer than REQUEST_TIMEOUT_MS: %j',
  (env, named) => {
    const read = () =>
      readSettings(serviceSettings({ port: 1, managementPort: 2 }), env, (read) => serviceErrors(read));
    const errors = (): readonly string[] => {
      try {
        read();
        return [];
      } catch (error) {
        return (error as SettingsError).errors;
      }
    };
    expect(errors().map((error) => error.split(' ')[0])).toEqual(named);
  },
);
