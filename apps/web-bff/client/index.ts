import createClient, { type Client } from 'openapi-fetch';
import { withRevalidation } from './with-revalidation.ts';
// A file of types alone: there is nothing to load.
import type { components, paths } from './schema.ts';

export type WebClient = Client<paths>;
/** The schemas of the contract, by name. */
export type WebSchemas = components['schemas'];

export interface WebClientOptions {
  /** Origin of web-bff; default: that of the page. */
  readonly baseUrl?: string;
  /** Default: the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** web-bff as its page calls it: every path, query and answer typed, the session by cookie and confirmed in time, `X-CSRF` on all calls. */
export const createWebClient = ({
  baseUrl = '',
  fetch = (request) => globalThis.fetch(request),
}: WebClientOptions = {}): WebClient =>
  createClient<paths>({
    baseUrl,
    fetch: withRevalidation(fetch, `${baseUrl}/auth/revalidate`),
    credentials: 'same-origin',
    headers: { 'X-CSRF': '1' },
  });
