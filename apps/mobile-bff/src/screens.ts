import { screenTable } from '@bff/screens';
import { home } from './screens/home.ts';
import { markNotificationRead, notifications, removeNotification } from './screens/notifications.ts';
import { order } from './screens/order.ts';
import { orders } from './screens/orders.ts';
import { changePreferences, preferences, replacePreferences } from './screens/preferences.ts';
import { profile } from './screens/profile.ts';

/** Screens and writes that mobile-bff serves below `/api`, one per row. */
export const screens = screenTable({
  'GET /profile': profile,
  'GET /home': home,
  'GET /orders': orders,
  'GET /orders/{id}': order,
  'GET /notifications': notifications,
  'POST /notifications/{id}/read': markNotificationRead,
  'DELETE /notifications/{id}': removeNotification,
  'GET /preferences': preferences,
  'PATCH /preferences': changePreferences,
  'PUT /preferences': replacePreferences,
});
