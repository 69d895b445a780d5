import createClient, { type Client } from 'openapi-fetch';
import { withRevalidation } from './with-revalidation.ts';
// schema.ts contains types only, so nothing is loaded at run time.
import type { components, paths } from './schema.ts';

export type WebClient = Client<paths>;
/** The schemas of the API, by name. */
export type WebSchemas = components['schemas'];

export interface WebClientOptions {
  /** Origin of web-bff; default: the origin of the page. */
  readonly baseUrl?: string;
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * Creates a typed client of web-bff: paths, queries and answers follow from openapi.json. Revalidates the
 * session in the background and sends `X-CSRF` with every call.
 * @example
 * const bff = createWebClient();
 * const { data, error } = await bff.GET('/api/writes/{key}', { params: { path: { key } } });
 */
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
