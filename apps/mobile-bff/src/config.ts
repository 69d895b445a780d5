import {
  internalTokenFaults,
  internalTokenSettings,
  providerFaults,
  providerSettings,
} from '@bff/auth-delegation';
import {
  httpUrl,
  isProduction,
  readSettings,
  serviceFaults,
  serviceSettings,
  text,
  type Environment,
  type Setting,
} from '@bff/service-kit';
import { bodySettings } from '@bff/shaping';
import { tenancySettings } from '@bff/tenancy';
import { upstreamSettings, upstreamSettingsFaults } from '@bff/upstream-clients';
import { readOAuthClients } from './oauth-clients.ts';
import { oauthFaults, oauthSettings } from './oauth-settings.ts';

/** Every setting of mobile-bff. `--help` prints them. */
export const settings = {
  ...serviceSettings({ port: 3002, managementPort: 9102 }),
  publicUrl: {
    env: 'PUBLIC_URL',
    schema: httpUrl(),
    developmentDefault: 'http://localhost:3002',
    meaning: 'origin under which apps and browsers reach this service; the issuer of its tokens',
  },
  ...providerSettings,
  ...oauthSettings,
  etagKey: {
    env: 'ETAG_KEY',
    schema: text(/^.{32,}$/, 'must have at least 32 characters'),
    developmentDefault: 'development-only-etag-key-of-mobile-bff',
    secret: true,
    meaning: 'key of the entity tags and cursors, the same on every replica',
  },
  ...bodySettings,
  ...internalTokenSettings,
  ...tenancySettings,
  ...upstreamSettings,
} as const satisfies Record<string, Setting>;

/** @throws {SettingsError} with everything that is wrong */
export function readConfig(env: Environment) {
  const values = readSettings(settings, env, (read, production) => [
    ...serviceFaults(read),
    ...providerFaults(read, production),
    ...oauthFaults(read, production),
    ...internalTokenFaults(read, production),
    ...upstreamSettingsFaults(read),
  ]);
  const { clients } = readOAuthClients(values.oauthClientsFile);
  return { ...values, oauthClients: clients, production: isProduction(env) };
}

export type Config = ReturnType<typeof readConfig>;
