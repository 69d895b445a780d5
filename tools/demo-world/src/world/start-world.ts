import { registeredServices, startDemoWorld, type DemoWorld } from '@bff/demo-services';
import { startDevIdp, type DevIdp } from '@bff/dev-idp';

/** Services and identity provider in this process on free ports, for the tests of an app. */
export interface World {
  readonly services: DemoWorld;
  readonly idp: DevIdp;
  /** Settings for a BFF in this world: free ports, no log. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const internalSecret = 'internal secret of one test world only';

/** Starts the world. @param cacheControl of the services' answers; default: `no-store` */
export async function startWorld({ cacheControl }: { readonly cacheControl?: string } = {}): Promise<World> {
  const [services, idp] = await Promise.all([
    startDemoWorld({ secret: internalSecret, slowDelayMs: 0, ...(cacheControl && { cacheControl }) }),
    startDevIdp({}),
  ]);
  return {
    services,
    idp,
    env: {
      PORT: '0',
      MANAGEMENT_PORT: '0',
      LOG_LEVEL: 'silent',
      WARM_UP_MS: '0',
      ISSUER: idp.issuer,
      INTERNAL_JWT_SECRET: internalSecret,
      ...Object.fromEntries(
        registeredServices.map(({ client, addressVariable }) => [
          addressVariable,
          services.addresses[client],
        ]),
      ),
    },
    close: async () => void (await Promise.all([services.close(), idp.close()])),
  };
}
