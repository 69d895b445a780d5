import type { IncomingMessage } from 'node:http';
import { Problem } from '@bff/service-kit';
import { signatureAlgorithms } from '../jwt/algorithms.ts';

export type Scheme = 'Bearer' | 'DPoP';

/** RFC 6750, section 3.1, and RFC 9449, section 7.1. */
export type ChallengeError = 'invalid_request' | 'invalid_token' | 'invalid_dpop_proof';

const algs = `algs="${signatureAlgorithms.join(' ')}"`;

/** 401 that names what is wrong (RFC 6750, section 3). `description` is one of our own words, never the client's. */
export function notAuthenticated(scheme: Scheme, error: ChallengeError, description: string): Problem {
  const parameters = [`error="${error}"`, `error_description="${description}"`];
  if (scheme === 'DPoP') parameters.push(algs);
  return new Problem('not-authenticated', {
    headers: { 'WWW-Authenticate': `${scheme} ${parameters.join(', ')}` },
  });
}

/** 403 that names the scopes which the request needs (RFC 6750, section 3.1), in the scheme in which its token came. */
export function insufficientScope({ headers }: IncomingMessage, scopes: readonly string[]): Problem {
  const needed = scopes.join(' ');
  const scheme: Scheme = /^dpop /i.test(headers.authorization ?? '') ? 'DPoP' : 'Bearer';
  return new Problem('insufficient-scope', {
    detail: `This needs the scope ${needed}.`,
    headers: { 'WWW-Authenticate': `${scheme} error="insufficient_scope", scope="${needed}"` },
  });
}

/** 401 for a request that shows no credentials: it is told of both schemes and of no error (RFC 6750, section 3.1). */
export function credentialsWanted(): Problem {
  return new Problem('not-authenticated', { headers: { 'WWW-Authenticate': `Bearer, DPoP ${algs}` } });
}
