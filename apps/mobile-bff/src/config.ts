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
import { tenancyErrors, tenancySettings } from '@bff/tenancy';
import * as services from '@bff/services';
import { demoTenantsFile } from '@bff/services/demo-tenants';
import { upstreamSettings, upstreamSettingsErrors } from '@bff/upstream-clients';
import { readOAuthClients } from './oauth-clients.ts';
import { oauthErrors, oauthSettings } from './oauth-settings.ts';
import { screens } from './screens.ts';

const etagKey = text(/^.{32,}$/, 'must have at least 32 characters');

/** All settings of mobile-bff; `--help` prints them. */
export const settings = {
  ...serviceSettings({ port: 3002, managementPort: 9102, budgetMs: shortestBudgetMs(screens) }),
  publicUrl: {
    env: 'PUBLIC_URL',
    schema: publicUrl(),
    developmentDefault: 'http://localhost:3002',
    meaning: 'origin under which apps and browsers reach this service; the issuer of its tokens',
  },
  ...providerSettings,
  ...signalSettings,
  ...oauthSettings,
  etagKey: {
    env: 'ETAG_KEY',
    schema: etagKey,
    developmentDefault: 'development-only-etag-key-of-mobile-bff',
    secret: true,
    meaning: 'key of the entity tags and cursors, the same on every replica',
  },
  previousEtagKey: {
    env: 'ETAG_KEY_PREVIOUS',
    schema: etagKey,
    optional: true,
    secret: true,
    meaning: 'key whose entity tags and cursors are still recognised while ETAG_KEY is rotated',
  },
  syncBaseTtlSeconds: {
    env: 'SYNC_BASE_TTL_SECONDS',
    schema: integer(60, 30 * 86_400),
    default: 2 * 86_400,
    meaning:
      'seconds that a view is stored after its last use, so that a later one can be sent as a patch against it',
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
    ...oauthErrors(read, production),
    ...revalidationErrors(read, { env: 'TOKEN_ABSOLUTE_SECONDS', value: read.tokenAbsoluteSeconds }),
    ...revalidationErrors(read, {
      env: 'BOUND_TOKEN_ABSOLUTE_SECONDS',
      value: read.boundTokenAbsoluteSeconds,
    }),
    ...internalTokenErrors(read, production),
    ...upstreamSettingsErrors(read),
  ]);
  const { clients } = readOAuthClients(values.oauthClientsFile);
  return { ...values, oauthClients: clients, production: isProduction(env) };
}

export type Config = ReturnType<typeof readConfig>;
