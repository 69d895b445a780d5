import type { Logger } from '@bff/service-kit';
import type { LogoutAction } from '../login/logout-token.ts';
import type { SessionStore } from './session-store.ts';

/**
 * Creates the action of a logout. With a `sid` it ends that session of the provider and the sessions of its
 * user that have no `sid`; without one, all sessions of the user.
 */
export const endingSessions =
  (sessions: SessionStore, log: Logger): LogoutAction =>
  async ({ issuer, sid, sub, iat }) => {
    let ended = 0;
    if (sid !== undefined) ended += await sessions.endBySid(issuer, sid, iat);
    if (sid !== undefined && sub !== undefined) ended += await sessions.endBySubWithoutSid(issuer, sub, iat);
    if (sid === undefined && sub !== undefined) ended += await sessions.endBySub(issuer, sub, iat);
    log.info({ ended }, 'logged out by the provider');
  };
