import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type CryptoKey,
  type JWSHeaderParameters,
  type RemoteJWKSet,
} from 'jose';
import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import type { Now } from '../time.ts';
import { RefreshingCache } from './refreshing-cache.ts';
import { TokenRefused } from './token-refused.ts';

export interface RemoteKeysOptions {
  /** Addresses of JWK Sets (RFC 7517), or functions that find them. A key may be in any set. */
  readonly uris: readonly (string | (() => Promise<string>))[];
  readonly now: Now;
  /**
   * Minimum milliseconds between fetches of a set for one purpose, however many unknown kids arrive. default
   * 30000
   */
  readonly cooldownMs?: number;
  /** Maximum number of fetches without a cool-down in between. default 1 */
  readonly burst?: number;
  /**
   * Age at which a set is fetched again before it is used, because a key in it may have been withdrawn.
   * default: never
   */
  readonly trustedMs?: number;
  /**
   * Whether an unknown key is rejected with {@link ProviderUnavailable} while no set can be fetched, because
   * it may be a new key. default: it is rejected with {@link TokenRefused}
   */
  readonly waitsForNewKeys?: boolean;
  /** Maximum age of a set that is used while its publisher is down. default: no maximum */
  readonly staleMs?: number;
  readonly timeoutMs?: number;
  /** Fetches the sets. default: the global `fetch` */
  readonly fetch?: ((url: string, init: object) => Promise<Response>) | undefined;
}

/**
 * Age at which a set is fetched again in the background, so that keys announced in advance are known before
 * their use.
 */
const maxAgeMs = 300_000;
const retryMs = 1_000;

/**
 * Several keys of a set match a header. Thrown as an error, because jose expects a {@link FindKey} to return
 * one key.
 */
export class SeveralKeys extends Error {
  override readonly name = 'SeveralKeys';
  readonly keys: readonly CryptoKey[];

  constructor(keys: readonly CryptoKey[]) {
    super('several keys match the header');
    this.keys = keys;
  }
}

/** Maximum number of keys that are tried for one header. */
const maxCandidates = 8;

export type FindKey = (header: JWSHeaderParameters) => Promise<CryptoKey>;

/** Returns the key finder of a purpose: unknown kids of one purpose do not use up the fetches of another. */
export type KeyFinder = (purpose?: string) => FindKey;

/**
 * Creates finders of the public key that a token header names, in several remote JWK Sets. Known keys cost no
 * call; a set that cannot be fetched stays in use (stale-if-error).
 *
 * The finders reject with {@link TokenRefused} `unknown-key`, and with {@link ProviderUnavailable} when no
 * set was ever fetched or none could be fetched to look for the key.
 */
export function createRemoteKeys(options: RemoteKeysOptions): KeyFinder {
  const { now, cooldownMs = 30_000, burst, trustedMs, staleMs, timeoutMs = 5_000, waitsForNewKeys } = options;
  const sets = options.uris.map(
    (uri) =>
      new RefreshingCache({
        load: loader(uri, timeoutMs, options.fetch),
        maxAgeMs,
        cooldownMs,
        burst,
        retryMs,
        trustedMs,
        staleMs,
        now,
      }),
  );

  async function findKey(header: JWSHeaderParameters, purpose?: string): Promise<CryptoKey> {
    for (const set of sets) {
      const key = await keyIn(set.peek(), header);
      if (key) return key;
    }
    // The first set that has the key wins, so that a publisher that hangs does not delay the others.
    const found = await Promise.any(
      sets.map(
        async (set) =>
          (await keyIn(await set.refresh(purpose), header)) ??
          Promise.reject(new TokenRefused('unknown-key')),
      ),
    ).catch((error: AggregateError) => {
      const several = error.errors.find((each) => each instanceof SeveralKeys);
      if (several) throw several as SeveralKeys;
      return undefined;
    });
    if (found) return found;
    // While the publishers are down, a key that was just created cannot be distinguished from one that does
    // not exist.
    const canTell = sets.some((set) => set.peek() && !(waitsForNewKeys && set.hasFailed));
    throw canTell ? new TokenRefused('unknown-key') : new ProviderUnavailable('no current key set');
  }
  return (purpose) => (header) => findKey(header, purpose);
}

/**
 * Returns a function that loads one set. jose fetches and selects keys, but {@link RefreshingCache} decides
 * when to fetch. So the durations that jose gets are infinite.
 */
function loader(
  uri: string | (() => Promise<string>),
  timeoutMs: number,
  fetch: RemoteKeysOptions['fetch'],
): () => Promise<RemoteJWKSet> {
  let remote: RemoteJWKSet | undefined;
  return async function load() {
    remote ??= createRemoteJWKSet(new URL(typeof uri === 'string' ? uri : await uri()), {
      cacheMaxAge: Infinity,
      cooldownDuration: Infinity,
      timeoutDuration: timeoutMs,
      ...(fetch && { [customFetch]: fetch }),
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
    if (error instanceof errors.JWKSMultipleMatchingKeys) {
      const keys: CryptoKey[] = [];
      for await (const key of error) if (keys.push(key) === maxCandidates) break;
      if (keys.length > 1) throw new SeveralKeys(keys);
      return keys[0];
    }
    // The set has no such key, or the key cannot be used.
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
