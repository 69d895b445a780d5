import { OAuthError } from './oauth-error.ts';
import { required } from './parameters.ts';
import { isRedirectUri } from './redirect-uri.ts';

export const deviceCodeGrant = 'urn:ietf:params:oauth:grant-type:device_code';
export const refreshTokenGrantType = 'refresh_token';
export type GrantType = 'authorization_code' | typeof deviceCodeGrant;

/** A public client: a native app cannot keep a secret (RFC 8252, section 8.5). */
export interface OAuthClient {
  readonly clientId: string;
  /** Name that users see when they approve a device. */
  readonly name: string;
  /** Redirect URIs, compared as text. */
  readonly redirectUris: readonly string[];
  /** Permits any port of a redirect URI on a loopback address (RFC 8252, section 7.3). */
  readonly allowLoopback?: boolean;
  readonly grantTypes: readonly GrantType[];
}

export interface ClientRegister {
  find(clientId: string): OAuthClient | undefined;
  /** Returns the client that a token request names. @throws {OAuthError} `invalid_client` */
  of(parameters: URLSearchParams): OAuthClient;
}

/** Creates the registry of clients. @throws {TypeError} for duplicate ids or an unsafe redirect URI */
export function createClientRegister(clients: readonly OAuthClient[]): ClientRegister {
  const byId = new Map(clients.map((client) => [client.clientId, client]));
  if (byId.size !== clients.length) throw new TypeError('two OAuth clients have the same id');
  for (const { clientId, redirectUris } of clients)
    for (const uri of redirectUris)
      if (!isRedirectUri(uri))
        throw new TypeError(`the OAuth client ${clientId} has a redirect URI that is not safe`);
  return {
    find: (clientId) => byId.get(clientId),
    of(parameters) {
      const client = byId.get(required(parameters, 'client_id'));
      if (!client) throw new OAuthError('invalid_client', 'the client is not known');
      return client;
    },
  };
}

/** Rejects a grant type that the client may not use. @throws {OAuthError} `unauthorized_client` */
export function mustAllow(client: OAuthClient, grantType: GrantType): void {
  if (!client.grantTypes.includes(grantType))
    throw new OAuthError('unauthorized_client', 'the client may not use this grant type');
}
