import createClient, { type Client } from 'openapi-fetch';
// A file of types alone: there is nothing to load.
import type { components, paths } from './schema.ts';

export type PartnerClient = Client<paths>;
/** The schemas of the contract, by name. */
export type PartnerSchemas = components['schemas'];

export interface PartnerClientOptions {
  /** Origin of partner-bff. */
  readonly baseUrl: string;
  /** Of the identity provider, by client credentials. */
  readonly accessToken: string;
  /** Default: the global one; one's own where tokens are bound by DPoP or a certificate. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** partner-bff as a company's server calls it: every path, query and answer of both versions typed. */
export const createPartnerClient = ({ baseUrl, accessToken, fetch }: PartnerClientOptions): PartnerClient =>
  createClient<paths>({ baseUrl, fetch, headers: { Authorization: `Bearer ${accessToken}` } });
