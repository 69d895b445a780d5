import { providerProblem, ProviderUnavailable } from '@bff/auth-delegation';
import { methodNotAllowed, pageNegotiationFields } from '@bff/shaping';
import { Router, urlencoded, type ErrorRequestHandler, type RequestHandler } from 'express';
import { backchannelLogout } from './auth/backchannel-logout.ts';
import { finishLogin } from './auth/callback.ts';
import { beginLogin } from './auth/login.ts';
import { logout, logoutFromPage } from './auth/logout.ts';
import { revalidate } from './auth/revalidate.ts';
import { showSession, userSessionEndpoints } from './auth/sessions.ts';
import { requireOwnForm, requireSameOrigin } from './csrf.ts';
import type { AuthDependencies } from './auth/dependencies.ts';

/** Creates the routes of login, logout and sessions. */
export function authRoutes(deps: AuthDependencies): Router {
  const router = Router();
  const ours = requireSameOrigin(deps.origin);
  const form = urlencoded({ extended: false, limit: '16kb', parameterLimit: 64 });

  const userSessions = userSessionEndpoints(deps);

  router.use(noStore);
  router.use(['/login', '/callback', '/logout-page'], variesByAudience);
  router
    .route('/login')
    .get(beginLogin(deps))
    .all(methodNotAllowed(['GET']));
  router
    .route('/callback')
    .get(finishLogin(deps))
    .all(methodNotAllowed(['GET']));
  router
    .route('/session')
    .get(showSession(deps))
    .all(methodNotAllowed(['GET']));
  router
    .route('/revalidate')
    .post(ours, revalidate(deps))
    .all(methodNotAllowed(['POST']));
  router
    .route('/logout')
    .post(ours, logout(deps))
    .all(methodNotAllowed(['POST']));
  router
    .route('/logout-page')
    .post(requireOwnForm(deps.origin), logoutFromPage(deps))
    .all(methodNotAllowed(['POST']));
  router
    .route('/backchannel-logout')
    .post(form, backchannelLogout(deps))
    .all(methodNotAllowed(['POST']));
  router
    .route('/sessions')
    .get(userSessions.list)
    .delete(ours, userSessions.endOthers)
    .all(methodNotAllowed(['GET', 'DELETE']));
  router
    .route('/sessions/:id')
    .delete(ours, userSessions.endOne)
    .all(methodNotAllowed(['DELETE']));
  router.use(handleProviderUnavailable);
  return router;
}

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/**
 * Adds `Vary`, because an aborted login is answered with a page for a navigation, problem details for a
 * fetch.
 */
const variesByAudience: RequestHandler = (_request, response, next) => {
  response.vary(`${pageNegotiationFields}, Accept-Language`);
  next();
};

const handleProviderUnavailable: ErrorRequestHandler = (error, _request, _response, next) =>
  next(error instanceof ProviderUnavailable ? providerProblem(error) : error);
