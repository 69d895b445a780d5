import createClient, { type Client } from 'openapi-fetch';
// schema.ts contains types only, so nothing is loaded at run time.
import type { components, paths } from './schema.ts';

export type PartnerClient = Client<paths>;
/** The schemas of the API, by name. */
export type PartnerSchemas = components['schemas'];

export interface PartnerClientOptions {
  /** Origin of partner-bff. */
  readonly baseUrl: string;
  /** Access token that the identity provider issued for client credentials (RFC 6749, section 4.4). */
  readonly accessToken: string;
  /**
   * Default: the global `fetch`. A bound access token requires a custom one that sends the DPoP proof or the
   * client certificate.
   */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * Creates a typed client of partner-bff for a company's server: paths, queries and answers of both versions
 * follow from openapi.json.
 * @example
 * const api = createPartnerClient({ baseUrl: 'https://partners.example', accessToken });
 * const { data, error } = await api.GET('/v1/writes/{key}', { params: { path: { key } } });
 */
export const createPartnerClient = ({ baseUrl, accessToken, fetch }: PartnerClientOptions): PartnerClient =>
  createClient<paths>({ baseUrl, fetch, headers: { Authorization: `Bearer ${accessToken}` } });
