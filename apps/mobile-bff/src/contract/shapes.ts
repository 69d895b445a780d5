import { keepContract } from '@bff/shaping';
import { homeShape } from '../screens/home.ts';
import { notificationShape, notificationsShape } from '../screens/notifications.ts';
import { orderShape } from '../screens/order.ts';
import { ordersShape } from '../screens/orders.ts';
import { preferencesShape } from '../screens/preferences.ts';
import { profileShape } from '../screens/profile.ts';
import { screenAnswers as described } from './screen-answers.ts';

/** The shapes, each bound to what the document says of it. @param verify holds every answer to its schema */
export const contractShapes = (verify: boolean) => ({
  profile: keepContract(profileShape, described.profile, verify),
  home: keepContract(homeShape, described.home, verify),
  orders: keepContract(ordersShape, described.orders, verify),
  order: keepContract(orderShape, described.order, verify),
  notifications: keepContract(notificationsShape, described.notifications, verify),
  notification: keepContract(notificationShape, described.notification, verify),
  preferences: keepContract(preferencesShape, described.preferences, verify),
});
