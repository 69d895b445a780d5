import { startDemoService, type DemoService, type DemoServiceOptions } from './demo-service.ts';

export interface DemoWorld {
  readonly addresses: {
    readonly user: string;
    readonly order: string;
    readonly notification: string;
    readonly loyalty: string;
  };
  readonly services: {
    readonly user: DemoService;
    readonly order: DemoService;
    readonly notification: DemoService;
    readonly loyalty: DemoService;
  };
  close(): Promise<void>;
}

/** All four services in this process, on free ports, for tests. The loyalty service has no delay unless one is given. */
export async function startDemoWorld(options: Omit<DemoServiceOptions, 'port'> = {}): Promise<DemoWorld> {
  const settings = { loyaltyDelayMs: 0, ...options };
  const [user, order, notification, loyalty] = await Promise.all([
    startDemoService('user-service', settings),
    startDemoService('order-service', settings),
    startDemoService('notification-service', settings),
    startDemoService('loyalty-service', settings),
  ]);
  const services = { user, order, notification, loyalty };
  return {
    services,
    addresses: { user: user.url, order: order.url, notification: notification.url, loyalty: loyalty.url },
    close: async () => void (await Promise.all(Object.values(services).map((service) => service.close()))),
  };
}
