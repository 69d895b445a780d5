import { requireScopes } from '@bff/auth-delegation';
import { jsonBody, methodNotAllowed } from '@bff/shaping';
import { Router, type RequestHandler } from 'express';
import { type AppDependencies } from './app.ts';
import { operations, type Operation, type OperationId } from './contract/operations.ts';
import { type Version } from './contract/versions.ts';
import { customerScreen } from './screens/customer.ts';
import { notificationsScreen } from './screens/notifications.ts';
import { orderScreen } from './screens/order.ts';
import { ordersScreen } from './screens/orders.ts';
import { preferencesScreen } from './screens/preferences.ts';
import { profileScreen } from './screens/profile.ts';
import { serveScreen } from './serve-screen.ts';
import { serveWrite } from './serve-write.ts';
import { markNotificationRead } from './writes/notification.ts';
import { changePreferences } from './writes/preferences.ts';

/** URL -> screen or write, for one version. The URLs are those of the document. */
export function screenRoutes(deps: AppDependencies, version: Version): Router {
  const { clients } = deps;
  const on = operations;
  const { embedsCustomer } = version;
  const handlers: Record<OperationId, RequestHandler> = {
    getCustomer: serveScreen(deps, version, on.getCustomer, customerScreen(clients)),
    getProfile: serveScreen(deps, version, on.getProfile, profileScreen(clients)),
    getOwnProfile: serveScreen(deps, version, on.getOwnProfile, profileScreen(clients)),
    getPreferences: serveScreen(deps, version, on.getPreferences, preferencesScreen(clients)),
    changePreferences: serveWrite(deps, version, on.changePreferences, changePreferences(clients)),
    listOrders: serveScreen(deps, version, on.listOrders, ordersScreen(clients, embedsCustomer)),
    getOrder: serveScreen(deps, version, on.getOrder, orderScreen(clients, embedsCustomer)),
    listNotifications: serveScreen(deps, version, on.listNotifications, notificationsScreen(clients)),
    markNotificationRead: serveWrite(deps, version, on.markNotificationRead, markNotificationRead(clients)),
  };

  const router = Router();
  const byPath = Map.groupBy(Object.entries<Operation>(on), ([, { path }]) => path);
  for (const [path, there] of byPath) {
    const route = router.route(path.replace(/\{(\w+)\}/g, ':$1'));
    for (const [id, { method, scopes, write }] of there) {
      const parsers = write?.body ? [jsonBody({ ...deps.bodyLimits, types: [write.body.type] })] : [];
      route[method](requireScopes(scopes), ...parsers, handlers[id as OperationId]);
    }
    route.all(methodNotAllowed(there.map(([, { method }]) => method.toUpperCase())));
  }
  return router;
}
