import { startDemoService, type DemoService, type DemoServiceOptions } from './demo-service.ts';
import { registeredServices, type ClientName } from './registered-services.ts';

/** Every registered service, simulated, by the name of its client. */
export interface DemoWorld {
  readonly addresses: { readonly [Name in ClientName]: string };
  readonly services: { readonly [Name in ClientName]: DemoService };
  close(): Promise<void>;
}

/** Starts all registered services in this process, on free ports, for tests. None has a delay unless one is given. */
export async function startDemoWorld(options: Omit<DemoServiceOptions, 'port'> = {}): Promise<DemoWorld> {
  const started = await Promise.all(
    registeredServices.map(
      async ({ client, name }) =>
        [client, await startDemoService(name, { slowDelayMs: 0, ...options })] as const,
    ),
  );
  const addresses = started.map(([client, { url }]) => [client, url] as const);
  return {
    services: Object.fromEntries(started) as DemoWorld['services'],
    addresses: Object.fromEntries(addresses) as DemoWorld['addresses'],
    close: async () => void (await Promise.all(started.map(([, service]) => service.close()))),
  };
}
