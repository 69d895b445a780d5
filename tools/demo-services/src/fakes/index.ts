import type { Service } from '../service.ts';
import { loyaltyFake } from './loyalty.ts';
import { notificationFake } from './notification.ts';
import { orderFake } from './order.ts';
import { userFake } from './user.ts';

/**
 * Hand-written fakes by service name. A registered service without one gets a generic fake; the fake of a
 * service that is not registered is not started.
 */
export const fakes = {
  loyalty: loyaltyFake,
  notification: notificationFake,
  order: orderFake,
  user: userFake,
} as const satisfies Readonly<Record<string, Service>>;
