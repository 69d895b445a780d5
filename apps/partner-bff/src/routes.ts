import { methodNotAllowed } from '@bff/shaping';
import { Router } from 'express';
import { type AppDependencies } from './app.ts';
import { profileScreen, profileShape } from './screens/profile.ts';
import { serveScreen } from './serve-screen.ts';

/** URL -> screen. */
export function screenRoutes(deps: AppDependencies): Router {
  const router = Router();
  router
    .route('/profile')
    .get(serveScreen(deps, profileScreen(deps.clients), profileShape))
    .all(methodNotAllowed(['GET']));
  router
    .route('/customers/:customer/profile')
    .get(serveScreen(deps, profileScreen(deps.clients), profileShape))
    .all(methodNotAllowed(['GET']));
  return router;
}
