import type { ClientMetadata } from 'oidc-provider';

/** A BFF that logs users in at this provider. */
export interface LoginClient {
  readonly name: string;
  /** Where browsers meet it by default. */
  readonly url: string;
  /** Path below which its callback and its back-channel logout are. */
  readonly path: string;
  /** Whether its refresh tokens outlive the session at the provider. Default: no. */
  readonly offline?: true;
}

/** One line for each; generators add and remove lines. */
export const loginClients: readonly LoginClient[] = [
  { name: 'web-bff', url: 'http://localhost:3001', path: '/auth' },
  { name: 'mobile-bff', url: 'http://localhost:3002', path: '/oauth', offline: true },
];

/** Where the browser meets a BFF, and where this provider reaches it for a back-channel logout. */
export interface BffAddress {
  /** Origin, without a slash at the end. */
  readonly url: string;
  /** As `url`, seen from this process; differs where containers have names of their own. Default: `url`. */
  readonly backchannelUrl?: string;
}

/** What the provider is told of a BFF that is at an address. */
export function addressMetadata(
  { name, path }: LoginClient,
  { url, backchannelUrl = url }: BffAddress,
): ClientMetadata {
  return {
    client_id: name,
    redirect_uris: [`${url}${path}/callback`],
    post_logout_redirect_uris: [`${url}/`],
    backchannel_logout_uri: `${backchannelUrl}${path}/backchannel-logout`,
  };
}

/** What the provider is told of a BFF that is at its default address. */
export function loginMetadata(client: LoginClient): ClientMetadata {
  return {
    ...addressMetadata(client, client),
    client_secret: `${client.name}-dev-secret`,
    grant_types: ['authorization_code', 'refresh_token'],
    backchannel_logout_session_required: true,
    ...(client.offline && { offline: true }),
  };
}
