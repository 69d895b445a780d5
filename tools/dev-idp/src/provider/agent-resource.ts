import type { Client, ResourceServer } from 'oidc-provider';
import { partnerScopes } from '../partner-scopes.ts';

/** A client without a secret that acts for a user who logs in: an agent on the user's machine. */
export const isAgent = (client: Client): boolean =>
  client.clientAuthMethod === 'none' && client.grantTypeAllowed('authorization_code');

/** The server at an address, which is itself the audience of the tokens for it (RFC 8707); undefined for what is no address. */
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
