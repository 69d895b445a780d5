import type { Logger } from '@bff/service-kit';
import { allowInsecureRequests, customFetch, discovery, None, type ServerMetadata } from 'openid-client';
import { Refreshed } from '../jwt/refreshed.ts';
import { createRemoteKeys, type FindKey } from '../jwt/remote-keys.ts';
import { ProviderUnavailable } from './provider-unavailable.ts';
import { diagnose, OtherIssuer } from './diagnosis.ts';
import { createProviderFetch, type ProviderAddress, type ProviderFetch } from './provider-fetch.ts';
import type { Now } from '../time.ts';

export interface ProviderOptions extends ProviderAddress {
  /** Who asks; discovery itself is anonymous. */
  readonly clientId: string;
  /** Where its keys are, when it must not be asked. */
  readonly jwksUri?: string;
  /** Allows `http:` for a provider in development. */
  readonly allowInsecure?: boolean;
  readonly timeoutMs?: number;
  readonly jwksCooldownMs?: number;
  /** Told of each reason why the provider cannot be used, once until it can. */
  readonly log?: Logger | undefined;
  readonly now: Now;
}

/** An OpenID provider, asked for its metadata and keys when they are first needed: it may be down when we start. */
export interface Provider {
  /** @throws {ProviderUnavailable} when it never answered */
  metadata(): Promise<ServerMetadata>;
  /** For tokens that anybody can send. */
  readonly findKey: FindKey;
  /** For tokens that the provider's token endpoint sent: forged tokens of others do not use up its fetches (F37). */
  readonly findKeyOfLogin: FindKey;
  /** Undefined: the global one. */
  readonly fetch: ProviderFetch | undefined;
  /** Never rejects. */
  prefetch(): Promise<void>;
  /** Of the key set, as it is now. @throws whatever keeps it from being fetched */
  countKeys(): Promise<number>;
}

const hour = 3_600_000;

/**
 * A key that was withdrawn is trusted no longer than ten minutes, or a day while the provider is away (F20). One that was rotated a moment
 * after the last fetch is found at once (F37), and a flood of unknown kids costs two fetches more.
 */
export const ageOfKeys = { trustedMs: 600_000, staleMs: 24 * hour, burst: 3, waitsForNewKeys: true };

export function createProvider(options: ProviderOptions): Provider {
  const { timeoutMs = 5_000, now } = options;
  const fetch = createProviderFetch(options);
  const report = reporter(options);
  const known = new Refreshed({
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
    // A key that nobody has: the set is fetched in order to look for it.
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

/** Logs why the provider cannot be used: each reason once, until it can. */
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

/** @throws {ProviderUnavailable} whose cause says why */
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
