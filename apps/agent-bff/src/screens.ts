import { screenTable } from '@bff/screens';
import { markNotificationRead, notifications, removeNotification } from './screens/notifications.ts';
import { order } from './screens/order.ts';
import { orders } from './screens/orders.ts';
import { changePreferences, preferences } from './screens/preferences.ts';
import { profile } from './screens/profile.ts';

/**
 * Operations available to agents, one tool per row: the id of the screen or write is the name of the tool,
 * and the schema of its answer is the output schema.
 */
export const screens = screenTable({
  'GET /profile': profile,
  'GET /orders': orders,
  'GET /orders/{id}': order,
  'GET /notifications': notifications,
  'POST /notifications/{id}/read': markNotificationRead,
  'DELETE /notifications/{id}': removeNotification,
  'GET /preferences': preferences,
  'PATCH /preferences': changePreferences,
});
