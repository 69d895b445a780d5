import { ClientSecretBasic, ClientSecretPost, PrivateKeyJwt, type ClientAuth } from 'openid-client';
import type { ClientKey } from './client-key.ts';

/** Credentials of a client at the provider. */
export interface ClientCredentials {
  readonly clientSecret?: string | undefined;
  /** Authentication method. default `basic` */
  readonly clientAuthentication?: 'basic' | 'post' | 'private_key_jwt' | undefined;
  /** Key for `private_key_jwt`. */
  readonly clientKey?: ClientKey | undefined;
}

/**
 * Returns the client authentication in the form that openid-client expects.
 * @throws {TypeError} when a value that the method needs is missing
 */
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
