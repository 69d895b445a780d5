import { errors, type Client, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import { partnerScopes } from '../partner-scopes.ts';
import { isAgent, serverAt } from './agent-resource.ts';

/** RFC 8707 wants an absolute URI; the tokens carry the name of the BFF as their audience. */
const resourceOf = (family: string): string => `urn:bff:${family}`;

const resourceServerOf = (family: string): ResourceServer => ({
  scope: partnerScopes,
  audience: `${family}-bff`,
  accessTokenFormat: 'jwt',
  accessTokenTTL: 5 * 60,
  jwt: { sign: { alg: 'RS256' } },
});

const isPartner = (client: Client): boolean => client.grantTypeAllowed('client_credentials');

/** Whom access tokens are for, as the configuration of the provider has it. */
export function partnerResources(families: readonly string[]) {
  const [first] = families;
  return {
    /** A partner's token is for the first family unless it asks otherwise; a user's is for nobody but this provider. */
    defaultResource: (_context: KoaContextWithOIDC, client: Client): string | undefined =>
      first !== undefined && isPartner(client) ? resourceOf(first) : undefined,

    /** @throws {errors.InvalidTarget} for another resource, and for a client that is neither an agent nor a partner */
    getResourceServerInfo(context: KoaContextWithOIDC, resource: string, client: Client): ResourceServer {
      const server = isAgent(client) ? serverAt(resource) : undefined;
      if (server) return server;
      const family = families.find((each) => resourceOf(each) === resource);
      if (family === undefined || !isPartner(client)) throw new errors.InvalidTarget();
      // RFC 6749, section 3.3: no scope asked for means a default, here all that the client may have.
      if (context.oidc.params) context.oidc.params['scope'] ??= client.scope;
      return resourceServerOf(family);
    },
  };
}

/** Claims of a client_credentials token beyond RFC 9068: whose data the partner may see. */
export function partnerClaims(client: Client): { readonly tid: unknown; readonly roles: readonly string[] } {
  return { tid: client['tid'], roles: ['partner'] };
}
