import { endOf, sessionEndpoints, type SessionEndpoints } from '@bff/auth-delegation';
import type { RequestHandler } from 'express';
import type { AuthDependencies } from './dependencies.ts';
import type { SessionAnswer } from '../contract/session-answers.ts';

/**
 * Creates the handler of `GET /auth/session`: returns the user and when the session ends; does not extend it.
 */
export function showSession({ sessions }: AuthDependencies): RequestHandler {
  return async function show(request, response) {
    const session = await sessions.require(request);
    const { subject, home, tenants, roles, permissions } = session;
    const answer: SessionAnswer = {
      sub: subject,
      tenant: home,
      ...(tenants.length > 1 && { tenants }),
      roles,
      permissions,
      expires_at: time(Math.floor(endOf(session) / 1000) * 1000),
    };
    response.json(answer);
  };
}

/** Creates the handlers of `/auth/sessions`, which list and end the user's sessions in browsers and apps. */
export const userSessionEndpoints = ({ sessions, userSessions }: AuthDependencies): SessionEndpoints =>
  sessionEndpoints({
    userSessions,
    currentOf: sessions.require,
    endCurrent: sessions.end,
  });

const time = (epochMs: number): string => new Date(epochMs).toISOString();
