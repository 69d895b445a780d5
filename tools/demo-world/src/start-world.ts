import { startDemoWorld, type DemoWorld } from '@bff/demo-services';
import { startDevIdp, type DevIdp } from '@bff/dev-idp';

/** Services and identity provider in this process, on free ports: what the tests of an app run against. */
export interface World {
  readonly services: DemoWorld;
  readonly idp: DevIdp;
  /** What a BFF has to be told to live in this world, on free ports, silently. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const internalSecret = 'internal secret of one test world only';

export async function startWorld(): Promise<World> {
  const [services, idp] = await Promise.all([
    startDemoWorld({ secret: internalSecret, loyaltyDelayMs: 0 }),
    startDevIdp({}),
  ]);
  const { user, order, notification, loyalty } = services.addresses;
  return {
    services,
    idp,
    env: {
      PORT: '0',
      MANAGEMENT_PORT: '0',
      LOG_LEVEL: 'silent',
      ISSUER: idp.issuer,
      INTERNAL_JWT_SECRET: internalSecret,
      USER_SERVICE_URL: user,
      ORDER_SERVICE_URL: order,
      NOTIFICATION_SERVICE_URL: notification,
      LOYALTY_SERVICE_URL: loyalty,
    },
    close: async () => void (await Promise.all([services.close(), idp.close()])),
  };
}
