import createClient, { type Client } from 'openapi-fetch';
// schema.ts contains types only, so nothing is loaded at run time.
import type { components, paths } from './schema.ts';

export type MobileClient = Client<paths>;
/** The schemas of the API, by name. */
export type MobileSchemas = components['schemas'];

export interface MobileClientOptions {
  /** Origin of mobile-bff. */
  readonly baseUrl: string;
  /** Access token, issued by `/oauth/token`. */
  readonly accessToken: string;
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * Creates a typed client of mobile-bff: paths, queries and answers follow from openapi.json. To receive
 * patches (status 226), use `@bff/diff-sync/client`.
 * @example
 * const bff = createMobileClient({ baseUrl: 'https://m.example', accessToken });
 * const { data, error } = await bff.GET('/api/writes/{key}', { params: { path: { key } } });
 */
export const createMobileClient = ({ baseUrl, accessToken, fetch }: MobileClientOptions): MobileClient =>
  createClient<paths>({ baseUrl, fetch, headers: { Authorization: `Bearer ${accessToken}` } });
