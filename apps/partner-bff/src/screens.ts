import { screenTable } from '@bff/screens';
import { customer } from './screens/customer.ts';
import { markNotificationRead, notifications, removeNotification } from './screens/notifications.ts';
import { order } from './screens/order.ts';
import { orders } from './screens/orders.ts';
import { changePreferences, preferences, replacePreferences } from './screens/preferences.ts';
import { ownProfile, profile } from './screens/profile.ts';

/** Screens and writes that partner-bff serves in each version of its API, one per row. */
export const screens = screenTable({
  'GET /customers/{customerId}': customer,
  'GET /customers/{customerId}/profile': profile,
  'GET /profile': ownProfile,
  'GET /customers/{customerId}/preferences': preferences,
  'PATCH /customers/{customerId}/preferences': changePreferences,
  'PUT /customers/{customerId}/preferences': replacePreferences,
  'GET /customers/{customerId}/orders': orders,
  'GET /orders/{orderId}': order,
  'GET /customers/{customerId}/notifications': notifications,
  'POST /notifications/{notificationId}/read': markNotificationRead,
  'DELETE /notifications/{notificationId}': removeNotification,
});
