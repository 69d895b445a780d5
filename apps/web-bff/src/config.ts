import {
  endingSettings,
  internalTokenErrors,
  internalTokenSettings,
  providerErrors,
  providerSettings,
  signalErrors,
  signalSettings,
  revalidationErrors,
  revalidationSettings,
  sessionSettings,
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
import { tenancyErrors, tenancySettings } from '@bff/tenancy';
import * as services from '@bff/services';
import { demoTenantsFile } from '@bff/services/demo-tenants';
import { upstreamSettings, upstreamSettingsErrors } from '@bff/upstream-clients';
import { demoPageErrors, demoPageSettings } from './demo-page.ts';
import { loginErrors, loginSettings } from './login-settings.ts';
import { screens } from './screens.ts';

/** All settings of web-bff; `--help` prints them. */
export const settings = {
  ...serviceSettings({ port: 3001, managementPort: 9101, budgetMs: shortestBudgetMs(screens) }),
  publicUrl: {
    env: 'PUBLIC_URL',
    schema: publicUrl(),
    developmentDefault: 'http://localhost:3001',
    meaning: 'origin under which browsers reach this service',
  },
  ...providerSettings,
  ...signalSettings,
  ...loginSettings,
  etagKey: {
    env: 'ETAG_KEY',
    schema: text(/^.{32,}$/, 'must have at least 32 characters'),
    developmentDefault: 'development-only-etag-key-of-web-bff',
    secret: true,
    meaning: 'key of the entity tags and cursors, the same on every replica',
  },
  ...bodySettings,
  ...receiptSettings,
  ...crossOriginSettings,
  ...sessionSettings,
  ...revalidationSettings,
  ...internalTokenSettings,
  ...endingSettings,
  ...tenancySettings(demoTenantsFile),
  ...upstreamSettings(services),
  ...demoPageSettings,
} as const satisfies Record<string, Setting>;

/**
 * Reads the settings from environment variables.
 * @throws {SettingsError} listing every invalid setting
 */
export function readConfig(env: Environment) {
  const values = readSettings(settings, env, (read, production) => [
    ...serviceErrors(read, shortestBudgetMs(screens)),
    ...tenancyErrors(read),
    ...providerErrors(read, production),
    ...signalErrors(read, production),
    ...loginErrors(read, production),
    ...revalidationErrors(read, { env: 'SESSION_ABSOLUTE_SECONDS', value: read.sessionAbsoluteSeconds }),
    ...internalTokenErrors(read, production),
    ...upstreamSettingsErrors(read),
    ...demoPageErrors(read, production),
  ]);
  return { ...values, production: isProduction(env) };
}

export type Config = ReturnType<typeof readConfig>;
