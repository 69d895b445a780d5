import { createRenewalTokens } from '@bff/auth-delegation';
import type { Realm } from './provider/realm.ts';
import type { KeycloakWorld } from './world.ts';

/** Result of the search for the provider's tokens in the store and in the logs. */
export interface Traces {
  readonly entries: number;
  readonly lines: number;
  /** Number of JWTs of the provider that were found in plain text. */
  readonly tokens: number;
  /** Number of values that our keys alone, without a client's token, decrypt to a token of the provider. */
  readonly opened: number;
  /** Number of rotated tokens that no client has used yet. Only the client's current token decrypts them. */
  readonly waiting: number;
}

const jwt = /eyJ[\w-]{10,}\.(eyJ[\w-]{10,})\.[\w-]+/g;
const sealed = /[\w-]{64,}/g;

/** Searches the store and the logs. @param keys of COOKIE_KEYS */
export function findTraces(
  { redis, log }: KeycloakWorld,
  { issuer }: Realm,
  keys: readonly Buffer[],
): Traces {
  const entries = redis.dump().split('\n');
  const text = [...entries, ...log].join('\n');
  const openers = ['web-bff', 'mobile-bff'].map((app) =>
    createRenewalTokens({ keys, app, maxLength: 16_384 }),
  );
  const isOpened = (value: string): boolean => openers.some((opener) => opener.open(value) !== undefined);
  const isOfProvider = (payload: string): boolean =>
    Buffer.from(payload, 'base64url').toString().includes(`"${issuer}"`);
  return {
    entries: entries.length,
    lines: log.length,
    tokens: [...text.matchAll(jwt)].filter(([, payload = '']) => isOfProvider(payload)).length,
    opened: [...text.matchAll(sealed)].filter(([value]) => isOpened(value)).length,
    waiting: entries.filter((entry) => entry.includes(':successor:')).length,
  };
}

/** Returns the errors that the BFFs logged, with their counts. */
export function errorsIn(log: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of log) {
    const [, app = '', json = ''] = /^(.*?) (\{.*"level":"(?:error|fatal)".*)$/.exec(line) ?? [];
    if (json === '') continue;
    const { msg, reason, err } = JSON.parse(json) as { msg?: string; reason?: string; err?: Error };
    const text = [`${app}: ${msg}`, reason, err?.message].filter((part) => part !== undefined).join(', ');
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}
