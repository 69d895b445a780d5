import type { IncomingMessage } from 'node:http';
import { Problem } from '@bff/service-kit';
import { signatureAlgorithms } from '../jwt/algorithms.ts';

export type Scheme = 'Bearer' | 'DPoP';

/** Error codes of RFC 6750, section 3.1, and RFC 9449, section 7.1. */
export type ChallengeError = 'invalid_request' | 'invalid_token' | 'invalid_dpop_proof';

const algs = `algs="${signatureAlgorithms.join(' ')}"`;

/**
 * Creates a 401 that names the error (RFC 6750, section 3). @param description a fixed text, never the
 * client's input
 */
export function notAuthenticated(scheme: Scheme, error: ChallengeError, description: string): Problem {
  const parameters = [`error="${error}"`, `error_description="${description}"`];
  if (scheme === 'DPoP') parameters.push(algs);
  return new Problem('not-authenticated', {
    headers: { 'WWW-Authenticate': `${scheme} ${parameters.join(', ')}` },
  });
}

/**
 * Creates a 403 that names the scopes which the request needs (RFC 6750, section 3.1). The challenge has the
 * authentication scheme of the request.
 */
export function insufficientScope({ headers }: IncomingMessage, scopes: readonly string[]): Problem {
  const needed = scopes.join(' ');
  const scheme: Scheme = /^dpop /i.test(headers.authorization ?? '') ? 'DPoP' : 'Bearer';
  return new Problem('insufficient-scope', {
    detail: `This needs the scope ${needed}.`,
    headers: { 'WWW-Authenticate': `${scheme} error="insufficient_scope", scope="${needed}"` },
  });
}

/**
 * Creates a 401 for a request without credentials: it offers the schemes Bearer and DPoP, and names no error
 * (RFC 6750, section 3.1).
 */
export function credentialsWanted(): Problem {
  return new Problem('not-authenticated', { headers: { 'WWW-Authenticate': `Bearer, DPoP ${algs}` } });
}
