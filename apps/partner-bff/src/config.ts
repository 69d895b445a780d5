import {
  certificateFaults,
  certificateSettings,
  endingSettings,
  internalTokenFaults,
  internalTokenSettings,
  providerFaults,
  providerSettings,
  signalFaults,
  signalSettings,
} from '@bff/auth-delegation';
import {
  isProduction,
  publicUrl,
  readSettings,
  serviceFaults,
  serviceSettings,
  text,
  type Environment,
  type Setting,
} from '@bff/service-kit';
import { receiptSettings, shortestBudgetMs } from '@bff/screens';
import { bodySettings, crossOriginSettings } from '@bff/shaping';
import { quotaSettings, tenancyFaults, tenancySettings } from '@bff/tenancy';
import * as services from '@bff/services';
import { demoTenantsFile } from '@bff/services/demo-tenants';
import { upstreamSettings, upstreamSettingsFaults } from '@bff/upstream-clients';
import { screens } from './screens.ts';

/** All settings of partner-bff; `--help` prints them. */
export const settings = {
  ...serviceSettings({ port: 3003, managementPort: 9103 }),
  publicUrl: {
    env: 'PUBLIC_URL',
    schema: publicUrl(),
    developmentDefault: 'http://localhost:3003',
    meaning: 'origin under which partners reach this service',
  },
  ...providerSettings,
  ...signalSettings,
  ...certificateSettings,
  etagKey: {
    env: 'ETAG_KEY',
    schema: text(/^.{32,}$/, 'must have at least 32 characters'),
    developmentDefault: 'development-only-etag-key-of-partner-bff',
    secret: true,
    meaning: 'key of the entity tags and cursors, the same on every replica',
  },
  ...bodySettings,
  ...receiptSettings,
  ...crossOriginSettings,
  ...internalTokenSettings,
  ...endingSettings,
  ...quotaSettings,
  ...tenancySettings(demoTenantsFile),
  ...upstreamSettings(services),
} as const satisfies Record<string, Setting>;

/**
 * Reads the settings from environment variables.
 * @throws {SettingsError} listing every invalid setting
 */
export function readConfig(env: Environment) {
  const values = readSettings(settings, env, (read, production) => [
    ...serviceFaults(read, shortestBudgetMs(screens)),
    ...tenancyFaults(read),
    ...certificateFaults(read),
    ...internalTokenFaults(read, production),
    ...upstreamSettingsFaults(read),
    ...providerFaults(read, production),
    ...signalFaults(read, production),
  ]);
  return { ...values, production: isProduction(env) };
}

export type Config = ReturnType<typeof readConfig>;
