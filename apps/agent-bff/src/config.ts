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
  integer,
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

/** All settings of agent-bff; `--help` prints them. */
export const settings = {
  ...serviceSettings({ port: 3004, managementPort: 9104, budgetMs: shortestBudgetMs(screens) }),
  publicUrl: {
    env: 'PUBLIC_URL',
    schema: publicUrl(),
    developmentDefault: 'http://localhost:3004',
    meaning:
      'origin under which agents reach this service; with /mcp it is the audience of their access tokens',
  },
  ...providerSettings,
  ...signalSettings,
  ...certificateSettings,
  etagKey: {
    env: 'ETAG_KEY',
    schema: text(/^.{32,}$/, 'must have at least 32 characters'),
    developmentDefault: 'development-only-etag-key-of-agent-bff',
    secret: true,
    meaning: 'key of versions, cursors and confirmations, the same on every replica',
  },
  syncBaseTtlSeconds: {
    env: 'SYNC_BASE_TTL_SECONDS',
    schema: integer(60, 604_800),
    default: 86_400,
    meaning:
      'seconds that a result is stored after its last use, so that a later one can be sent as a patch against it',
  },
  ...receiptSettings,
  ...bodySettings,
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
