import { type IncomingMessage } from 'node:http';
import {
  identityOf,
  isConfirmed,
  useAccessToken,
  type Identity,
  type Now,
  type SessionStore,
} from '@bff/auth-delegation';
import { Problem } from '@bff/service-kit';

/** RFC 6750, section 2.1: the scheme in any case, one or more spaces, a b64token. */
const syntax = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * Who a request speaks for, by the opaque token of its `Authorization` header; a token in the query or the body is not
 * looked at. Being asked counts as use of the token.
 *
 * @throws {Problem} `not-authenticated` with the challenge of RFC 6750, section 3
 * @throws {StateUnavailable} while it cannot be known: nobody is logged out by that
 */
export function bearerAuthentication(
  sessions: SessionStore,
  now: Now,
): (request: IncomingMessage) => Promise<Identity> {
  return async function authenticate({ headersDistinct }) {
    const [value, ...more] = headersDistinct['authorization'] ?? [];
    if (value === undefined) throw notAuthenticated('realm="mobile-bff"');
    const token = more.length === 0 ? syntax.exec(value)?.[1] : undefined;
    if (token === undefined) throw notAuthenticated('error="invalid_request"');
    const session = await useAccessToken(sessions, token, now);
    // RFC 6750, section 3.1: an expired token is refreshed by its client.
    if (!session || !isConfirmed(session, now())) throw notAuthenticated('error="invalid_token"');
    return identityOf(session);
  };
}

function notAuthenticated(parameter: string): Problem {
  return new Problem('not-authenticated', { headers: { 'WWW-Authenticate': `Bearer ${parameter}` } });
}
