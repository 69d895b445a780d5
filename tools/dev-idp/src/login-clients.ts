import type { ClientMetadata } from 'oidc-provider';

/** A BFF that logs users in at this provider. */
export interface LoginClient {
  readonly name: string;
  /** Origin of the BFF for browsers, unless a setting names another one. */
  readonly url: string;
  /** Path prefix of its callback and its back-channel logout. */
  readonly path: string;
  /** Whether its refresh tokens outlive the session at the provider. Default: no. */
  readonly offline?: true;
}

/** One line per client; generators add and remove lines. */
export const loginClients: readonly LoginClient[] = [
  { name: 'web-bff', url: 'http://localhost:3001', path: '/auth' },
  { name: 'mobile-bff', url: 'http://localhost:3002', path: '/oauth', offline: true },
];

/** Addresses of a BFF for browsers and for back-channel logouts from this provider. */
export interface BffAddress {
  /** Origin without a trailing slash. */
  readonly url: string;
  /**
   * Origin at which this process reaches the BFF; it differs from `url` between containers. Default: `url`.
   */
  readonly backchannelUrl?: string;
}

/** Returns the client metadata for a BFF at the given address. */
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

/** Returns the client metadata for a BFF at its default address. */
export function loginMetadata(client: LoginClient): ClientMetadata {
  return {
    ...addressMetadata(client, client),
    client_secret: `${client.name}-dev-secret`,
    grant_types: ['authorization_code', 'refresh_token'],
    backchannel_logout_session_required: true,
    ...(client.offline && { offline: true }),
  };
}
