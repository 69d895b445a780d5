import type { Service } from '../service.ts';
import { loyaltyFake } from './loyalty.ts';
import { notificationFake } from './notification.ts';
import { orderFake } from './order.ts';
import { userFake } from './user.ts';

/**
 * The hand-written fakes by the name of their service. A registered service that is not here gets a generic fake; a fake
 * whose service is not registered is not started.
 */
export const fakes = {
  loyalty: loyaltyFake,
  notification: notificationFake,
  order: orderFake,
  user: userFake,
} as const satisfies Readonly<Record<string, Service>>;
