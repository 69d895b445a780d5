import { Agent, fetch as fetchBy, type RequestInit as UndiciRequestInit } from 'undici';

/** `fetch` towards the provider, as openid-client and jose call it. */
export type ProviderFetch = (url: string, init: object) => Promise<Response>;

export interface ProviderAddress {
  /** As in `iss`. */
  readonly issuer: string;
  /** Origin under which this process reaches the provider, where that is not the issuer's (F65). */
  readonly providerUrl?: string | undefined;
  /** PEM of the authorities that the provider's certificate is signed by; default: those of the system (F66). */
  readonly providerCa?: string | Buffer | undefined;
}

/** Undefined when the provider is reached like any other server. Metadata, tokens and browsers go by the issuer's address. */
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
