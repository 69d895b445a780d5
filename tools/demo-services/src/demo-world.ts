import { startDemoService, type DemoService, type DemoServiceOptions } from './demo-service.ts';
import { registeredServices, type ClientName } from './registered-services.ts';

/** Fakes of all registered services, by client name. */
export interface DemoWorld {
  readonly addresses: { readonly [Name in ClientName]: string };
  readonly services: { readonly [Name in ClientName]: DemoService };
  close(): Promise<void>;
}

/**
 * Starts the fakes of all registered services in this process, on free ports, for tests. By default none
 * delays its answers.
 */
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
