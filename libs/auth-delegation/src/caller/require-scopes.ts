import type { RequestHandler } from 'express';
import { insufficientScope } from '../access-token/challenge.ts';
import { callerOf } from './identify-caller.ts';

/**
 * Middleware behind `identifyCaller`: the caller's access token was granted every one of these scopes.
 * An identity without scopes, such as a session's, is refused.
 *
 * @throws {Problem} `insufficient-scope` (RFC 6750, section 3.1)
 */
export function requireScopes(needed: readonly string[]): RequestHandler {
  return function checkScopes(request, _response, next) {
    const { scopes = [] } = callerOf(request).identity;
    if (!needed.every((scope) => scopes.includes(scope))) throw insufficientScope(request, needed);
    next();
  };
}
