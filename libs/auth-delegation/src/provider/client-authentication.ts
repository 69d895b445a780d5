import { ClientSecretBasic, ClientSecretPost, PrivateKeyJwt, type ClientAuth } from 'openid-client';
import type { ClientKey } from './client-key.ts';

/** How a client shows the provider who it is. */
export interface ClientCredentials {
  readonly clientSecret?: string | undefined;
  /** Default `basic`. */
  readonly clientAuthentication?: 'basic' | 'post' | 'private_key_jwt' | undefined;
  /** For `private_key_jwt`. */
  readonly clientKey?: ClientKey | undefined;
}

/** @throws {TypeError} when what the method needs is missing */
export function clientAuthentication({
  clientSecret,
  clientAuthentication: method = 'basic',
  clientKey,
}: ClientCredentials): ClientAuth {
  if (method === 'private_key_jwt') {
    if (clientKey === undefined) throw new TypeError('private_key_jwt needs a key');
    return PrivateKeyJwt(clientKey);
  }
  if (clientSecret === undefined) throw new TypeError(`client authentication ${method} needs a secret`);
  return method === 'post' ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret);
}
