import createClient, { type Client } from 'openapi-fetch';
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

/** web-bff as its page calls it: every path, query and answer typed, the session by cookie, `X-CSRF` on all calls. */
export const createWebClient = ({ baseUrl = '', fetch }: WebClientOptions = {}): WebClient =>
  createClient<paths>({ baseUrl, fetch, credentials: 'same-origin', headers: { 'X-CSRF': '1' } });
