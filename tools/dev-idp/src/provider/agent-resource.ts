import type { Client, ResourceServer } from 'oidc-provider';
import { partnerScopes } from '../partner-scopes.ts';

/** Returns whether a client is public and acts for a user: an agent on the user's machine. */
export const isAgent = (client: Client): boolean =>
  client.clientAuthMethod === 'none' && client.grantTypeAllowed('authorization_code');

/**
 * Returns the resource server at an address, which is also the audience of its tokens (RFC 8707); undefined
 * unless it is an http(s) URL.
 */
export function serverAt(resource: string): ResourceServer | undefined {
  if (!/^https?:$/.test(URL.parse(resource)?.protocol ?? '')) return undefined;
  return {
    scope: partnerScopes,
    audience: resource,
    accessTokenFormat: 'jwt',
    accessTokenTTL: 5 * 60,
    jwt: { sign: { alg: 'RS256' } },
  };
}
