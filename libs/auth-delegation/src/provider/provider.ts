import { allowInsecureRequests, discovery, None, type ServerMetadata } from 'openid-client';
import { Refreshed } from '../jwt/refreshed.ts';
import { createRemoteKeys, type FindKey } from '../jwt/remote-keys.ts';
import { ProviderUnavailable } from './provider-unavailable.ts';
import { type Now } from '../time.ts';

export interface ProviderOptions {
  /** Exactly as the provider writes it in `iss`, with or without the slash at its end. */
  readonly issuer: string;
  /** Who asks; discovery itself is anonymous. */
  readonly clientId: string;
  /** Where its keys are, when it must not be asked. */
  readonly jwksUri?: string;
  /** Allows `http:` for a provider in development. */
  readonly allowInsecure?: boolean;
  readonly timeoutMs?: number;
  readonly jwksCooldownMs?: number;
  readonly now: Now;
}

/** An OpenID provider, asked for its metadata and keys when they are first needed: it may be down when we start. */
export interface Provider {
  /** @throws {ProviderUnavailable} when it never answered */
  metadata(): Promise<ServerMetadata>;
  readonly findKey: FindKey;
  /** Never rejects. */
  prefetch(): Promise<void>;
}

const hour = 3_600_000;

export function createProvider(options: ProviderOptions): Provider {
  const { timeoutMs = 5_000, now } = options;
  const known = new Refreshed({
    load: () => discover(options, timeoutMs),
    maxAgeMs: hour,
    cooldownMs: 30_000,
    retryMs: 1_000,
    now,
  });
  const metadata = () => known.get();
  const jwksUri = async () => secureUrl((await metadata()).jwks_uri, options);
  const findKey = createRemoteKeys({
    uris: [options.jwksUri ?? jwksUri],
    cooldownMs: options.jwksCooldownMs,
    timeoutMs,
    now,
  });
  return {
    metadata,
    findKey,
    // A key that nobody has: the set is fetched in order to look for it.
    prefetch: () =>
      findKey({ alg: 'RS256', kid: '' }).then(
        () => undefined,
        () => undefined,
      ),
  };
}

async function discover(options: ProviderOptions, timeoutMs: number): Promise<ServerMetadata> {
  try {
    const configuration = await discovery(new URL(options.issuer), options.clientId, undefined, None(), {
      execute: options.allowInsecure ? [allowInsecureRequests] : [],
      timeout: timeoutMs / 1000,
    });
    const metadata = configuration.serverMetadata();
    if (metadata.issuer !== options.issuer) throw new Error(`the provider calls itself ${metadata.issuer}`);
    return metadata;
  } catch (cause) {
    throw new ProviderUnavailable(`discovery of ${options.issuer} failed`, { cause });
  }
}

function secureUrl(url: string | undefined, { issuer, allowInsecure }: ProviderOptions): string {
  if (url && (allowInsecure || url.startsWith('https:'))) return url;
  throw new ProviderUnavailable(`the metadata of ${issuer} has no jwks_uri with https`);
}
