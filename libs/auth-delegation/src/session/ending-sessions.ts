import { type Logger } from '@bff/service-kit';
import { type LogoutAction } from '../login/logout-token.ts';
import { type SessionStore } from './session-store.ts';

/** Ends the session that a logout names, else all of its user. */
export const endingSessions =
  (sessions: SessionStore, log: Logger): LogoutAction =>
  async ({ issuer, sid, sub, iat }) => {
    const ended =
      sid === undefined
        ? await sessions.endBySub(issuer, sub ?? '', iat)
        : await sessions.endBySid(issuer, sid, iat);
    log.info({ ended }, 'logged out by the provider');
  };
