import type { Logger } from '@bff/service-kit';
import { allowInsecureRequests, customFetch, discovery, None, type ServerMetadata } from 'openid-client';
import { RefreshingCache } from '../jwt/refreshing-cache.ts';
import { createRemoteKeys, type FindKey } from '../jwt/remote-keys.ts';
import { ProviderUnavailable } from './provider-unavailable.ts';
import { diagnose, OtherIssuer } from './diagnosis.ts';
import { createProviderFetch, type ProviderAddress, type ProviderFetch } from './provider-fetch.ts';
import type { Now } from '../time.ts';

export interface ProviderOptions extends ProviderAddress {
  /** Client id, for log lines; discovery itself is anonymous. */
  readonly clientId: string;
  /** Address of the JWK Set. default: `jwks_uri` of the metadata */
  readonly jwksUri?: string;
  /** Permits `http:` for a provider in development. */
  readonly allowInsecure?: boolean;
  readonly timeoutMs?: number;
  readonly jwksCooldownMs?: number;
  /** Logs each reason why the provider cannot be used, once per outage. */
  readonly log?: Logger | undefined;
  readonly now: Now;
}

/** An OpenID provider. Metadata and keys are fetched on first use, because it may be down at start. */
export interface Provider {
  /** Returns the metadata. @throws {ProviderUnavailable} when it was never fetched */
  metadata(): Promise<ServerMetadata>;
  /** Finds keys of tokens that any client can send. */
  readonly findKey: FindKey;
  /**
   * Finds keys of tokens from the token endpoint. It has its own cool-down, which forged tokens cannot use up
   * (F37).
   */
  readonly findKeyOfLogin: FindKey;
  /** The `fetch` for calls to the provider; undefined when the global `fetch` is to be used. */
  readonly fetch: ProviderFetch | undefined;
  /** Fetches metadata and keys. Never rejects. */
  prefetch(): Promise<void>;
  /** Returns the number of keys in the current key set. @throws the error of fetching it */
  countKeys(): Promise<number>;
}

const hour = 3_600_000;

/**
 * A withdrawn key is trusted for ten minutes at most, or a day while the provider is down (F20). The burst
 * makes a key that was published just after the last fetch available at once (F37), and lets a flood of
 * unknown kids cause up to two more fetches than the cool-down permits.
 */
export const ageOfKeys = { trustedMs: 600_000, staleMs: 24 * hour, burst: 3, waitsForNewKeys: true };

export function createProvider(options: ProviderOptions): Provider {
  const { timeoutMs = 5_000, now } = options;
  const fetch = createProviderFetch(options);
  const report = reporter(options);
  const known = new RefreshingCache({
    load: () => discover(options, timeoutMs, fetch).then(report.works, report.fails),
    maxAgeMs: hour,
    cooldownMs: 30_000,
    retryMs: 1_000,
    now,
  });
  const metadata = () => known.get();
  const jwksUri = async (): Promise<string> => secureUrl((await metadata()).jwks_uri, options);
  const keysFor = createRemoteKeys({
    uris: [options.jwksUri ?? jwksUri],
    ...ageOfKeys,
    cooldownMs: options.jwksCooldownMs,
    timeoutMs,
    fetch,
    now,
  });
  const findKey = keysFor();
  return {
    metadata,
    findKey,
    findKeyOfLogin: keysFor('login'),
    fetch,
    // Searching for a key that does not exist fetches the set.
    prefetch: () =>
      findKey({ alg: 'RS256', kid: '' }).then(
        () => undefined,
        () => undefined,
      ),
    async countKeys() {
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await (fetch ?? globalThis.fetch)(await jwksUri(), { signal });
      return ((await answer.json()) as { readonly keys: readonly unknown[] }).keys.length;
    },
  };
}

/** Creates a logger of reasons why the provider cannot be used: each reason once per outage. */
function reporter({ issuer, log }: ProviderOptions) {
  let reported = '';
  return {
    works(found: ServerMetadata): ServerMetadata {
      reported = '';
      return found;
    },
    fails(error: unknown): never {
      const diagnosis = diagnose(error, issuer);
      const line = JSON.stringify(diagnosis);
      if (line !== reported) log?.error(diagnosis, 'identity provider cannot be used');
      reported = line;
      throw error;
    },
  };
}

/** Fetches the metadata. @throws {ProviderUnavailable} with the reason as its cause */
export async function discover(
  options: ProviderOptions,
  timeoutMs: number,
  fetch: ProviderFetch | undefined,
): Promise<ServerMetadata> {
  try {
    const configuration = await discovery(new URL(options.issuer), options.clientId, undefined, None(), {
      execute: options.allowInsecure ? [allowInsecureRequests] : [],
      timeout: timeoutMs / 1000,
      ...(fetch && { [customFetch]: fetch }),
    });
    const metadata = configuration.serverMetadata();
    if (metadata.issuer !== options.issuer) throw new OtherIssuer(metadata.issuer);
    return metadata;
  } catch (cause) {
    throw new ProviderUnavailable(`discovery of ${options.issuer} failed`, { cause });
  }
}

function secureUrl(url: string | undefined, { issuer, allowInsecure }: ProviderOptions): string {
  if (url && (allowInsecure || url.startsWith('https:'))) return url;
  throw new ProviderUnavailable(`the metadata of ${issuer} has no jwks_uri with https`);
}
