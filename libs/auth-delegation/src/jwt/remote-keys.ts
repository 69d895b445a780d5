import {
  createRemoteJWKSet,
  errors,
  type CryptoKey,
  type JWSHeaderParameters,
  type RemoteJWKSet,
} from 'jose';
import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import { type Now } from '../time.ts';
import { Refreshed } from './refreshed.ts';
import { TokenRefused } from './token-refused.ts';

export interface RemoteKeysOptions {
  /** Addresses of JWK Sets (RFC 7517), or how to learn them. A key may be in any of them. */
  readonly uris: readonly (string | (() => Promise<string>))[];
  readonly now: Now;
  /** However many unknown kids arrive, a set is fetched once in this time, and three times in a row at most. */
  readonly cooldownMs?: number;
  readonly timeoutMs?: number;
}

/** How long a set is used before it is fetched again, so that keys announced in advance are known before their use. */
const maxAgeMs = 300_000;
const retryMs = 1_000;
/** A key that was rotated a moment after the last fetch is found at once (F37), and a flood of unknown kids costs little more. */
const burst = 3;

export type FindKey = (header: JWSHeaderParameters) => Promise<CryptoKey>;

/**
 * Finds the public key that a token header names in one of several remote JWK Sets.
 * Known keys cost no call; a set that cannot be fetched any more stays in use (stale-if-error).
 *
 * The function rejects with {@link TokenRefused} `unknown-key`, and with {@link ProviderUnavailable} when no set was
 * ever fetched.
 */
export function createRemoteKeys(options: RemoteKeysOptions): FindKey {
  const { now, cooldownMs = 30_000, timeoutMs = 5_000 } = options;
  const sets = options.uris.map(
    (uri) => new Refreshed({ load: loader(uri, timeoutMs), maxAgeMs, cooldownMs, burst, retryMs, now }),
  );

  return async function findKey(header) {
    for (const set of sets) {
      const key = await keyIn(set.peek(), header);
      if (key) return key;
    }
    // The first set that has the key decides: a publisher that hangs must not hold up the others.
    const found = await Promise.any(
      sets.map(
        async (set) =>
          (await keyIn(await set.refresh(), header)) ?? Promise.reject(new TokenRefused('unknown-key')),
      ),
    ).catch(() => undefined);
    if (found) return found;
    if (sets.some((set) => set.peek())) throw new TokenRefused('unknown-key');
    throw new ProviderUnavailable('no key set was ever fetched');
  };
}

/** jose fetches and selects; when to fetch is decided by {@link Refreshed}, hence the endless durations. */
function loader(uri: string | (() => Promise<string>), timeoutMs: number): () => Promise<RemoteJWKSet> {
  let remote: RemoteJWKSet | undefined;
  return async function load() {
    remote ??= createRemoteJWKSet(new URL(typeof uri === 'string' ? uri : await uri()), {
      cacheMaxAge: Infinity,
      cooldownDuration: Infinity,
      timeoutDuration: timeoutMs,
    });
    await remote.reload();
    return remote;
  };
}

async function keyIn(
  set: RemoteJWKSet | undefined,
  header: JWSHeaderParameters,
): Promise<CryptoKey | undefined> {
  try {
    return await set?.(header);
  } catch (error) {
    // No such key, several without a kid to choose by (OpenID Connect Core, section 10.1), or one that cannot be used.
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
