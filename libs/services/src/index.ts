/**
 * The registry of services, one line for each: clients, settings, metrics, audiences, fakes and docs are
 * derived from it.
 */
export { loyalty } from './loyalty.ts';
export { notification, type Notification } from './notification.ts';
export { order, type Order } from './order.ts';
export { user, type Preferences, type User } from './user.ts';
