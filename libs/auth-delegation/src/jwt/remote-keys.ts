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
import { Refreshed } from './refreshed.ts';
import { TokenRefused } from './token-refused.ts';

export interface RemoteKeysOptions {
  /** Addresses of JWK Sets (RFC 7517), or how to learn them. A key may be in any of them. */
  readonly uris: readonly (string | (() => Promise<string>))[];
  readonly now: Now;
  /** However many unknown kids arrive for a purpose, a set is fetched once in this time. Default 30,000. */
  readonly cooldownMs?: number;
  /** Fetches that may follow each other at once; default 1. */
  readonly burst?: number;
  /** An older set is fetched again before it is trusted, because a key in it may have been withdrawn; default: never. */
  readonly trustedMs?: number;
  /** Whether an unknown key is {@link ProviderUnavailable} while no set can be fetched to look for it. Default: it is refused. */
  readonly waitsForNewKeys?: boolean;
  /** How old a set may be that is used while its publisher does not answer; default: any age. */
  readonly staleMs?: number;
  readonly timeoutMs?: number;
  /** Default: the global one. */
  readonly fetch?: ((url: string, init: object) => Promise<Response>) | undefined;
}

/** How long a set is used before it is fetched again, so that keys announced in advance are known before their use. */
const maxAgeMs = 300_000;
const retryMs = 1_000;

/** Keys of a set that fit one header: thrown, because jose takes one key of a {@link FindKey}. */
export class SeveralKeys extends Error {
  override readonly name = 'SeveralKeys';
  readonly keys: readonly CryptoKey[];

  constructor(keys: readonly CryptoKey[]) {
    super('several keys fit the header');
    this.keys = keys;
  }
}

/** Of those that fit one header. */
const maxCandidates = 8;

export type FindKey = (header: JWSHeaderParameters) => Promise<CryptoKey>;

/** Finds keys for one purpose: unknown kids of one use up the fetches of no other. */
export type KeyFinder = (purpose?: string) => FindKey;

/**
 * Finds the public key that a token header names in one of several remote JWK Sets.
 * Known keys cost no call; a set that cannot be fetched any more stays in use (stale-if-error).
 *
 * The functions reject with {@link TokenRefused} `unknown-key`, and with {@link ProviderUnavailable} when no set was
 * ever fetched, or none could be fetched to look for the key.
 */
export function createRemoteKeys(options: RemoteKeysOptions): KeyFinder {
  const { now, cooldownMs = 30_000, burst, trustedMs, staleMs, timeoutMs = 5_000, waitsForNewKeys } = options;
  const sets = options.uris.map(
    (uri) =>
      new Refreshed({
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
    // The first set that has the key decides: a publisher that hangs must not hold up the others.
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
    // While the publishers cannot be asked, a key that was made a moment ago looks like one that nobody has.
    const canTell = sets.some((set) => set.peek() && !(waitsForNewKeys && set.hasFailed));
    throw canTell ? new TokenRefused('unknown-key') : new ProviderUnavailable('no current key set at hand');
  }
  return (purpose) => (header) => findKey(header, purpose);
}

/** jose fetches and selects; when to fetch is decided by {@link Refreshed}, hence the endless durations. */
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
    // No such key, or one that cannot be used.
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
