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
 * Creates a function that finds the session of a request by the opaque token in its `Authorization` field.
 * Each call counts as a use of the token. Tokens in the query or the body are ignored.
 * @throws {Problem} `not-authenticated` with the challenge of RFC 6750, section 3
 * @throws {StateUnavailable} while the store does not respond, so that an outage logs nobody out
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
    // RFC 6750, section 3.1: the client refreshes an expired token and repeats the request.
    if (!session || !isConfirmed(session, now())) throw notAuthenticated('error="invalid_token"');
    return session;
  };
}

/** Creates a function that returns the identity of a request; throws like {@link bearerSession}. */
export function bearerAuthentication(
  options: BearerOptions,
): (request: IncomingMessage) => Promise<Identity> {
  const sessionOf = bearerSession(options);
  return async (request) => identityOf(await sessionOf(request));
}

function notAuthenticated(parameter: string): Problem {
  return new Problem('not-authenticated', { headers: { 'WWW-Authenticate': `Bearer ${parameter}` } });
}
