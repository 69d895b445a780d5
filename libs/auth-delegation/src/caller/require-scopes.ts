import type { RequestHandler } from 'express';
import { insufficientScope } from '../access-token/challenge.ts';
import { callerOf } from './identify-caller.ts';

/**
 * Creates middleware after `identifyCaller` that requires every one of these scopes. Rejects an identity
 * without scopes, such as that of a session.
 * @throws {Problem} `insufficient-scope` (RFC 6750, section 3.1)
 */
export function requireScopes(needed: readonly string[]): RequestHandler {
  return function checkScopes(request, _response, next) {
    const { scopes = [] } = callerOf(request).identity;
    if (!needed.every((scope) => scopes.includes(scope))) throw insufficientScope(request, needed);
    next();
  };
}
