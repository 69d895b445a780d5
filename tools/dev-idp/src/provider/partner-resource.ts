import { errors, type Client, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import { partnerScopes } from '../partner-scopes.ts';
import { isAgent, serverAt } from './agent-resource.ts';

/**
 * Returns the resource identifier, an absolute URI (RFC 8707). The audience of tokens is the name of the BFF.
 */
const resourceOf = (family: string): string => `urn:bff:${family}`;

const resourceServerOf = (family: string): ResourceServer => ({
  scope: partnerScopes,
  audience: `${family}-bff`,
  accessTokenFormat: 'jwt',
  accessTokenTTL: 5 * 60,
  jwt: { sign: { alg: 'RS256' } },
});

const isPartner = (client: Client): boolean => client.grantTypeAllowed('client_credentials');

/** Returns the callbacks of oidc-provider's `resourceIndicators` feature (RFC 8707). */
export function partnerResources(families: readonly string[]) {
  const [first] = families;
  return {
    /** A partner's token is for the first family by default; a user's token is only for this provider. */
    defaultResource: (_context: KoaContextWithOIDC, client: Client): string | undefined =>
      first !== undefined && isPartner(client) ? resourceOf(first) : undefined,

    /**
     * Returns the resource server that a client requests.
     * @throws {errors.InvalidTarget} for an unknown resource, and for a client that is neither an agent nor a
     * partner
     */
    getResourceServerInfo(context: KoaContextWithOIDC, resource: string, client: Client): ResourceServer {
      const server = isAgent(client) ? serverAt(resource) : undefined;
      if (server) return server;
      const family = families.find((each) => resourceOf(each) === resource);
      if (family === undefined || !isPartner(client)) throw new errors.InvalidTarget();
      // RFC 6749, section 3.3: a request without scope gets a default, here all scopes of the client.
      if (context.oidc.params) context.oidc.params['scope'] ??= client.scope;
      return resourceServerOf(family);
    },
  };
}

/**
 * Returns the claims of a client_credentials token in addition to those of RFC 9068: the tenant whose data
 * the partner may access.
 */
export function partnerClaims(client: Client): { readonly tid: unknown; readonly roles: readonly string[] } {
  return { tid: client['tid'], roles: ['partner'] };
}
