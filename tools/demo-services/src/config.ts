import {
  httpUrl,
  integer,
  list,
  port,
  readSettings,
  serviceSettings,
  text,
  type Environment,
  type Setting,
} from '@bff/service-kit';
import { registeredServices, serviceNames } from './registered-services.ts';

/** Services that one process can simulate: a single one, by its process name, or all of them. */
export const selections: readonly string[] = [...serviceNames, 'all'];

const ofSelection = (selection: string) =>
  selection === 'all' ? registeredServices : registeredServices.filter(({ name }) => name === selection);
/** Returns the lowest port that the selected services declare. */
const firstPort = (selection: string): number => Math.min(...ofSelection(selection).map(({ port }) => port));

const httpUrls = list().refine(
  (urls: readonly string[]) => urls.every((url) => httpUrl().safeParse(url).success),
  'must be http(s) URLs, comma separated',
);

/** Returns the settings of a process that simulates this selection. */
export function settingsOf(selection: string) {
  const all = selection === 'all';
  const { host, logLevel, otlpEndpoint, traceSample } = serviceSettings({ port: 0, managementPort: 0 });
  return {
    host,
    port: {
      env: 'PORT',
      schema: port(),
      default: firstPort(selection),
      meaning: all
        ? 'lowest port; the others keep their declared distance from it; 0: free ports'
        : 'port; 0: a free port',
    },
    logLevel,
    otlpEndpoint,
    traceSample,
    databaseFile: {
      env: 'DB_FILE',
      schema: text(),
      default: ':memory:',
      meaning: 'file of the SQL database, seeded when new',
    },
    slowDelayMs: {
      env: 'SLOW_DELAY_MS',
      schema: integer(0, 60_000),
      default: 60,
      meaning: 'median delay of fakes that are slow, in milliseconds; 0: none',
    },
    cacheControl: {
      env: 'CACHE_CONTROL',
      schema: text(),
      default: 'by-route',
      meaning: 'Cache-Control of the answers to GET; by-route: a suitable one per route',
    },
    controlOrigins: {
      env: 'CONTROL_ORIGINS',
      schema: list(),
      optional: true,
      meaning: 'origins of pages that may set faults from a browser, comma separated',
    },
    secret: {
      env: 'INTERNAL_JWT_SECRET',
      schema: text(/^.{32,}$/, 'must have at least 32 characters'),
      optional: true,
      secret: true,
      meaning:
        'key of HS256 internal tokens; default without INTERNAL_JWKS_URIS: the public development secret',
    },
    jwksUris: {
      env: 'INTERNAL_JWKS_URIS',
      schema: httpUrls,
      optional: true,
      meaning: 'addresses of the key sets for ES256 internal tokens, comma separated',
    },
  } as const satisfies Record<string, Setting>;
}

/** Reads the settings. @throws {SettingsError} */
export const readConfig = (selection: string, env: Environment) =>
  readSettings(settingsOf(selection), env, ({ secret, jwksUris }, production) => {
    if (secret && jwksUris) return ['INTERNAL_JWT_SECRET and INTERNAL_JWKS_URIS exclude each other'];
    if (!secret && !jwksUris && production)
      return ['INTERNAL_JWT_SECRET or INTERNAL_JWKS_URIS must be set in production'];
    return [];
  });

/** Returns the services to start, with their ports. */
export const selected = (selection: string, first: number): readonly (readonly [string, number])[] =>
  ofSelection(selection).map(({ name, port }) => [
    name,
    first === 0 ? 0 : port - firstPort(selection) + first,
  ]);
