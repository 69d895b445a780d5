import { Agent, fetch as fetchBy, type RequestInit as UndiciRequestInit } from 'undici';

/** `fetch` for the provider, with the signature that openid-client and jose call. */
export type ProviderFetch = (url: string, init: object) => Promise<Response>;

export interface ProviderAddress {
  /** Issuer identifier, as in `iss`. */
  readonly issuer: string;
  /** Origin under which this process reaches the provider, if it differs from the issuer's (F65). */
  readonly providerUrl?: string | undefined;
  /**
   * PEM certificates of the authorities that sign the provider's certificate. default: those of the system
   * (F66)
   */
  readonly providerCa?: string | Buffer | undefined;
}

/**
 * Creates the `fetch` that uses the configured address and certificate authorities; undefined if the global
 * `fetch` suffices. Metadata, tokens and browsers still use the issuer's address.
 */
export function createProviderFetch({
  issuer,
  providerUrl,
  providerCa,
}: ProviderAddress): ProviderFetch | undefined {
  if (providerUrl === undefined && providerCa === undefined) return undefined;
  const dispatcher = providerCa === undefined ? undefined : new Agent({ connect: { ca: providerCa } });
  const outer = new URL(issuer).origin;
  const inner = providerUrl === undefined ? outer : new URL(providerUrl).origin;
  const addressOf = (url: string): string =>
    url.startsWith(`${outer}/`) ? inner + url.slice(outer.length) : url;
  return function fetchFromProvider(url, init) {
    const address = addressOf(url);
    if (!dispatcher) return fetch(address, init);
    return fetchBy(address, { ...(init as UndiciRequestInit), dispatcher }) as unknown as Promise<Response>;
  };
}
