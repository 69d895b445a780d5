import { jsonBody, mergePatchBody, methodNotAllowed } from '@bff/shaping';
import { Router } from 'express';
import { type AppDependencies } from './app.ts';
import { contractShapes } from './contract/shapes.ts';
import { homeScreen } from './screens/home.ts';
import { markRead, notificationsScreen } from './screens/notifications.ts';
import { orderScreen } from './screens/order.ts';
import { ordersScreen } from './screens/orders.ts';
import { preferencesScreen } from './screens/preferences.ts';
import { profileScreen } from './screens/profile.ts';
import { byId, byPage, byUser, serveScreen, type ScreenDependencies } from './serve-screen.ts';
import { servePreferencesPatch, serveWrite } from './serve-write.ts';

type RouteDependencies = ScreenDependencies &
  Pick<AppDependencies, 'bodyLimits' | 'paging' | 'verifyAnswers'>;

/** URL -> screen. */
export function screenRoutes(deps: RouteDependencies): Router {
  const { bodyLimits, clients, paging } = deps;
  const shapes = contractShapes(deps.verifyAnswers);
  const router = Router();
  router
    .route('/profile')
    .get(serveScreen(deps, profileScreen(clients), shapes.profile, byUser))
    .all(methodNotAllowed(['GET']));
  router
    .route('/home')
    .get(serveScreen(deps, homeScreen(clients), shapes.home, byUser))
    .all(methodNotAllowed(['GET']));
  router
    .route('/orders')
    .get(serveScreen(deps, ordersScreen(clients), shapes.orders, byPage(paging, 'orders')))
    .all(methodNotAllowed(['GET']));
  router
    .route('/orders/:id')
    .get(serveScreen(deps, orderScreen(clients), shapes.order, byId))
    .all(methodNotAllowed(['GET']));
  router
    .route('/notifications')
    .get(
      serveScreen(deps, notificationsScreen(clients), shapes.notifications, byPage(paging, 'notifications')),
    )
    .all(methodNotAllowed(['GET']));
  router
    .route('/notifications/:id/read')
    .post(
      jsonBody(bodyLimits),
      serveWrite(deps, 'notifications', markRead(clients), shapes.notification, byId),
    )
    .all(methodNotAllowed(['POST']));
  router
    .route('/preferences')
    .get(serveScreen(deps, preferencesScreen(clients), shapes.preferences, byUser))
    .patch(mergePatchBody(bodyLimits), servePreferencesPatch(deps))
    .all(methodNotAllowed(['GET', 'PATCH']));
  return router;
}
