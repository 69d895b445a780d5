import {
  certificateErrors,
  certificateSettings,
  endingSettings,
  internalTokenErrors,
  internalTokenSettings,
  providerErrors,
  providerSettings,
  signalErrors,
  signalSettings,
} from '@bff/auth-delegation';
import {
  isProduction,
  publicUrl,
  readSettings,
  serviceErrors,
  serviceSettings,
  text,
  type Environment,
  type Setting,
} from '@bff/service-kit';
import { receiptSettings, shortestBudgetMs } from '@bff/screens';
import { bodySettings, crossOriginSettings } from '@bff/shaping';
import { quotaSettings, tenancyErrors, tenancySettings } from '@bff/tenancy';
import * as services from '@bff/services';
import { demoTenantsFile } from '@bff/services/demo-tenants';
import { upstreamSettings, upstreamSettingsErrors } from '@bff/upstream-clients';
import { screens } from './screens.ts';

/** All settings of partner-bff; `--help` prints them. */
export const settings = {
  ...serviceSettings({ port: 3003, managementPort: 9103, budgetMs: shortestBudgetMs(screens) }),
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
    ...serviceErrors(read, shortestBudgetMs(screens)),
    ...tenancyErrors(read),
    ...certificateErrors(read),
    ...internalTokenErrors(read, production),
    ...upstreamSettingsErrors(read),
    ...providerErrors(read, production),
    ...signalErrors(read, production),
  ]);
  return { ...values, production: isProduction(env) };
}

export type Config = ReturnType<typeof readConfig>;
