import { jsonBody, mergePatchBody, methodNotAllowed } from '@bff/shaping';
import { Router } from 'express';
import { type AppDependencies } from './app.ts';
import { homeScreen, homeShape } from './screens/home.ts';
import { markRead, notificationShape, notificationsScreen, notificationsShape } from './screens/notifications.ts'; // prettier-ignore
import { orderScreen, orderShape } from './screens/order.ts';
import { ordersScreen, ordersShape } from './screens/orders.ts';
import { preferencesScreen, preferencesShape } from './screens/preferences.ts';
import { profileScreen, profileShape } from './screens/profile.ts';
import { byId, byPage, byUser, serveScreen, type ScreenDependencies } from './serve-screen.ts';
import { servePreferencesPatch, serveWrite } from './serve-write.ts';

type RouteDependencies = ScreenDependencies & Pick<AppDependencies, 'bodyLimits' | 'paging'>;

/** URL -> screen. */
export function screenRoutes(deps: RouteDependencies): Router {
  const { bodyLimits, clients, paging } = deps;
  const router = Router();
  router
    .route('/profile')
    .get(serveScreen(deps, profileScreen(clients), profileShape, byUser))
    .all(methodNotAllowed(['GET']));
  router
    .route('/home')
    .get(serveScreen(deps, homeScreen(clients), homeShape, byUser))
    .all(methodNotAllowed(['GET']));
  router
    .route('/orders')
    .get(serveScreen(deps, ordersScreen(clients), ordersShape, byPage(paging, 'orders')))
    .all(methodNotAllowed(['GET']));
  router
    .route('/orders/:id')
    .get(serveScreen(deps, orderScreen(clients), orderShape, byId))
    .all(methodNotAllowed(['GET']));
  router
    .route('/notifications')
    .get(serveScreen(deps, notificationsScreen(clients), notificationsShape, byPage(paging, 'notifications')))
    .all(methodNotAllowed(['GET']));
  router
    .route('/notifications/:id/read')
    .post(jsonBody(bodyLimits), serveWrite(deps, markRead(clients), notificationShape, byId))
    .all(methodNotAllowed(['POST']));
  router
    .route('/preferences')
    .get(serveScreen(deps, preferencesScreen(clients), preferencesShape, byUser))
    .patch(mergePatchBody(bodyLimits), servePreferencesPatch(deps))
    .all(methodNotAllowed(['GET', 'PATCH']));
  return router;
}
