import type { IncomingMessage } from 'node:http';
import {
  identityOf,
  isConfirmed,
  useAccessToken,
  type Credentials,
  type Identity,
  type KeyBinding,
  type Now,
  type RequestFacts,
  type Session,
  type SessionStore,
} from '@bff/auth-delegation';
import { Problem } from '@bff/service-kit';

export interface BearerOptions {
  readonly sessions: SessionStore;
  readonly keyBinding: KeyBinding;
  readonly factsOf: (request: IncomingMessage) => RequestFacts;
  readonly now: Now;
}

/** RFC 6750, section 2.1: the scheme in any case, one or more spaces, a b64token. */
const syntax = /^(bearer|dpop) +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * The session that a request speaks for, by the opaque token of its `Authorization` header; a token in the query or the body is not
 * looked at. Being asked counts as use of the token.
 *
 * @throws {Problem} `not-authenticated` with the challenge of RFC 6750, section 3
 * @throws {StateUnavailable} while it cannot be known: nobody is logged out by that
 */
export function bearerSession({
  sessions,
  keyBinding,
  factsOf,
  now,
}: BearerOptions): (request: IncomingMessage) => Promise<Session> {
  return async function sessionOf(request) {
    const [value, ...more] = request.headersDistinct['authorization'] ?? [];
    if (value === undefined) throw notAuthenticated('realm="mobile-bff"');
    const [, scheme = '', token] = (more.length === 0 && syntax.exec(value)) || [];
    if (token === undefined) throw notAuthenticated('error="invalid_request"');
    const credentials: Credentials = { scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', token };
    const session = await useAccessToken(sessions, token, now, (found) =>
      keyBinding.check(found, credentials, () => factsOf(request)),
    );
    // RFC 6750, section 3.1: an expired token is refreshed by its client.
    if (!session || !isConfirmed(session, now())) throw notAuthenticated('error="invalid_token"');
    return session;
  };
}

/** Who a request speaks for: {@link bearerSession}. */
export function bearerAuthentication(
  options: BearerOptions,
): (request: IncomingMessage) => Promise<Identity> {
  const sessionOf = bearerSession(options);
  return async (request) => identityOf(await sessionOf(request));
}

function notAuthenticated(parameter: string): Problem {
  return new Problem('not-authenticated', { headers: { 'WWW-Authenticate': `Bearer ${parameter}` } });
}
