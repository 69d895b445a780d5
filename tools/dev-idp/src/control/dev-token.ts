import { randomUUID } from 'node:crypto';
import { claimsOf, findDemoUser } from '../demo-users.ts';
import { InvalidControl } from './invalid-control.ts';
import { partnerScopes } from '../partner-scopes.ts';
import type { SigningKeys } from '../provider/signing-keys.ts';

export interface DevTokenRequest {
  /** A demo user's name. */
  readonly user: string;
  /** Becomes `aud`. */
  readonly audience: string;
  /** Separated by spaces. Default: all that a partner may have. */
  readonly scope?: string;
}

/** A token answer, as in RFC 6749, section 5.1. */
export interface DevToken {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
}

const lifetimeSeconds = 3600;

/**
 * An access token (RFC 9068) of a user without a login, for trying things out by hand.
 * @throws {InvalidControl} when there is no such user, or no audience
 */
export function mintDevToken(keys: SigningKeys, issuer: string, request: DevTokenRequest): DevToken {
  const user = findDemoUser(request.user);
  if (!user) throw new InvalidControl('user is the name of a demo user, such as alice');
  if (!request.audience) throw new InvalidControl('audience names whom the token is for, such as web-bff');
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
