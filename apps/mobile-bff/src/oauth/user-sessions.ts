import { sessionEndpoints, type UserSessions } from '@bff/auth-delegation';
import { methodNotAllowed } from '@bff/shaping';
import { Router, type RequestHandler } from 'express';
import { bearerSession, type BearerOptions } from '../bearer.ts';

export interface UserSessionRoutesOptions extends BearerOptions {
  /** Sessions of the user in apps and browsers. */
  readonly userSessions: UserSessions;
}

/** Creates the routes of `/auth/sessions`, which list and end the user's sessions, for an access token. */
export function userSessionRoutes({ userSessions, ...bearer }: UserSessionRoutesOptions): Router {
  const { list, endOne, endOthers } = sessionEndpoints({
    userSessions,
    currentOf: bearerSession(bearer),
    endCurrent: (_request, _response, current) => bearer.sessions.endById(current, current.id),
  });
  const router = Router({ caseSensitive: true, strict: true });
  router.use('/auth', noStore);
  router
    .route('/auth/sessions')
    .get(list)
    .delete(endOthers)
    .all(methodNotAllowed(['GET', 'DELETE']));
  router
    .route('/auth/sessions/:id')
    .delete(endOne)
    .all(methodNotAllowed(['DELETE']));
  return router;
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
