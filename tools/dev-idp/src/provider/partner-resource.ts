import { errors, type Client, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import { partnerScopes } from '../partner-scopes.ts';

/** RFC 8707 wants an absolute URI; the tokens carry `partner-bff` as their audience. */
export const partnerResource = 'urn:bff:partner';

const resourceServer: ResourceServer = {
  scope: partnerScopes,
  audience: 'partner-bff',
  accessTokenFormat: 'jwt',
  accessTokenTTL: 5 * 60,
  jwt: { sign: { alg: 'RS256' } },
};

const isPartner = (client: Client): boolean => client.grantTypeAllowed('client_credentials');

/** A partner's token is for partner-bff unless it asks otherwise; a user's is for nobody but this provider. */
export function defaultResource(_context: KoaContextWithOIDC, client: Client): string | undefined {
  return isPartner(client) ? partnerResource : undefined;
}

/** @throws {errors.InvalidTarget} for another resource, and for a client that is no partner */
export function resourceServerFor(
  context: KoaContextWithOIDC,
  resource: string,
  client: Client,
): ResourceServer {
  if (resource !== partnerResource || !isPartner(client)) throw new errors.InvalidTarget();
  // RFC 6749, section 3.3: no scope asked for means a default, here all that the client may have.
  if (context.oidc.params) context.oidc.params['scope'] ??= client.scope;
  return resourceServer;
}

/** Claims of a client_credentials token beyond RFC 9068: whose data the partner may see. */
export function partnerClaims(client: Client): { readonly tid: unknown; readonly roles: readonly string[] } {
  return { tid: client['tid'], roles: ['partner'] };
}
