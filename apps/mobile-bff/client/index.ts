import createClient, { type Client } from 'openapi-fetch';
// A file of types alone: there is nothing to load.
import type { components, paths } from './schema.ts';

export type MobileClient = Client<paths>;
/** The schemas of the contract, by name. */
export type MobileSchemas = components['schemas'];

export interface MobileClientOptions {
  /** Origin of mobile-bff. */
  readonly baseUrl: string;
  /** Of `/oauth/token`. */
  readonly accessToken: string;
  /** Default: the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** mobile-bff as an app calls it: every path, query and answer typed. For 226 and its patches: `@bff/diff-sync/client`. */
export const createMobileClient = ({ baseUrl, accessToken, fetch }: MobileClientOptions): MobileClient =>
  createClient<paths>({ baseUrl, fetch, headers: { Authorization: `Bearer ${accessToken}` } });
