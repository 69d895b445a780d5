import { randomUUID } from 'node:crypto';
import { claimsOf, findDemoUser } from '../demo-users.ts';
import { InvalidControl } from './invalid-control.ts';
import { partnerScopes } from '../partner-scopes.ts';
import type { SigningKeys } from '../provider/signing-keys.ts';

export interface DevTokenRequest {
  /** User name of a demo user. */
  readonly user: string;
  /** The claim `aud`. */
  readonly audience: string;
  /** Space-separated. Default: all scopes of a partner. */
  readonly scope?: string;
}

/** A token response as in RFC 6749, section 5.1. */
export interface DevToken {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Lifetime of the token, in seconds. */
  readonly expires_in: number;
}

const lifetimeSeconds = 3600;

/**
 * Issues an access token (RFC 9068) for a user without a login, for manual tests.
 * @throws {InvalidControl} when the user is unknown or the audience is empty
 */
export function mintDevToken(keys: SigningKeys, issuer: string, request: DevTokenRequest): DevToken {
  const user = findDemoUser(request.user);
  if (!user) throw new InvalidControl('user must be the name of a demo user, such as alice');
  if (!request.audience)
    throw new InvalidControl('audience must name the recipient of the token, such as web-bff');
  const { sub, tid, roles } = claimsOf(user);
  const iat = Math.floor(Date.now() / 1000);
  const access_token = keys.signJwt('at+jwt', {
    iss: issuer,
    aud: request.audience,
    sub,
    client_id: 'dev',
    iat,
    exp: iat + lifetimeSeconds,
    jti: randomUUID(),
    tid,
    roles,
    scope: request.scope ?? partnerScopes,
  });
  return { access_token, token_type: 'Bearer', expires_in: lifetimeSeconds };
}
