import type { IncomingMessage, ServerResponse } from 'node:http';
import { instanceOf, Problem, problemBody } from '@bff/service-kit';
import { TokenRefused } from '../jwt/token-refused.ts';
import { ProviderUnavailable, providerProblem } from '../provider/provider-unavailable.ts';
import type { InternalClaims } from './internal-claims.ts';
import type { InternalTokenVerifier } from './internal-token-verifier.ts';

const ownClaims = Symbol('ownClaims');
/** A request with its claims, in a property instead of a WeakMap (docs/adr/0042). */
interface Authorized {
  [ownClaims]?: InternalClaims;
}

/**
 * Returns the claims of a request. @throws {TypeError} when the request did not pass
 * {@link requireInternalToken}
 */
export function internalClaimsOf(request: IncomingMessage & Authorized): InternalClaims {
  const claims = request[ownClaims];
  if (!claims)
    throw new TypeError('no internal claims: requireInternalToken is missing in front of this handler');
  return claims;
}

/**
 * Creates Express middleware for a service behind the BFFs: 401 without a valid internal token, 503 while
 * tokens cannot be verified. The middleware writes the responses itself, because such a service has no
 * problem handler.
 */
export function requireInternalToken(verifier: InternalTokenVerifier) {
  return async function internalToken(
    request: IncomingMessage & Authorized,
    response: ServerResponse,
    next: (error?: unknown) => void,
  ): Promise<void> {
    try {
      request[ownClaims] = await verifier.verify(bearerOf(request));
    } catch (error) {
      const problem = problemOf(error);
      if (problem) answer(problem, request, response);
      else next(error);
      return;
    }
    next();
  };
}

function bearerOf(request: IncomingMessage): string {
  const values = request.headersDistinct['authorization'] ?? [];
  if (values.length === 0)
    throw new Problem('not-authenticated', { headers: { 'WWW-Authenticate': 'Bearer' } });
  const match = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(values[0] ?? '');
  if (values.length !== 1 || !match?.[1]) throw new TokenRefused('malformed');
  return match[1];
}

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof ProviderUnavailable) return providerProblem(error);
  if (!(error instanceof TokenRefused)) return undefined;
  const challenge = `Bearer error="invalid_token", error_description="${error.code}"`;
  return new Problem('not-authenticated', { headers: { 'WWW-Authenticate': challenge }, cause: error });
}

function answer(problem: Problem, request: IncomingMessage, response: ServerResponse): void {
  const requestId = String(response.getHeader('X-Request-ID') ?? '');
  response.writeHead(problem.status, {
    ...problem.headers,
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
  response.end(JSON.stringify(problemBody(problem, instanceOf(request), requestId)));
}
