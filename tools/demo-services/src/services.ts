import { loyaltyService } from './loyalty-service.ts';
import { notificationService } from './notification-service.ts';
import { orderService } from './order-service.ts';
import type { Service } from './service.ts';
import { userService } from './user-service.ts';

export const serviceNames = [
  'user-service',
  'order-service',
  'notification-service',
  'loyalty-service',
] as const;
export type ServiceName = (typeof serviceNames)[number];

export const services: Readonly<Record<ServiceName, Service>> = {
  'user-service': userService,
  'order-service': orderService,
  'notification-service': notificationService,
  'loyalty-service': loyaltyService,
};

const patternsOf = (name: ServiceName): readonly string[] => [
  ...new Set(services[name].routes.map(({ pattern }) => pattern)),
];

/** The route patterns of each service: the names that faults and call counts go by. */
export const demoRoutes: Readonly<Record<ServiceName, readonly string[]>> = {
  'user-service': patternsOf('user-service'),
  'order-service': patternsOf('order-service'),
  'notification-service': patternsOf('notification-service'),
  'loyalty-service': patternsOf('loyalty-service'),
};
