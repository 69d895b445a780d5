import { info, type Service, type ServiceInfo } from './service.ts';

/**
 * The services of a product by the name of their client: `thing`, or `otherThing` for `other-thing`. A module
 * that exports its services can be the registry: `import * as services from './services.ts'`.
 */
export type ServiceRegistry = Readonly<Record<string, Service<object>>>;

/** Returns `flightStatus` for `flight-status`. */
export const clientName = (service: string): string =>
  service.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
/** Returns `FLIGHT_STATUS_SERVICE_URL` for `flight-status`. */
export const addressVariable = (service: string): string =>
  `${service.replaceAll('-', '_').toUpperCase()}_SERVICE_URL`;

/**
 * Returns the registered services in alphabetical order.
 * @throws {TypeError} when two services share an audience, or a service is not registered under the name of
 * its client
 */
export function servicesOf(services: ServiceRegistry): readonly ServiceInfo[] {
  const audiences = new Map<string, string>();
  return Object.keys(services)
    .sort()
    .map((key) => {
      const found = (services[key] as Partial<Service<object>> | null | undefined)?.[info];
      if (found === undefined)
        throw new TypeError(`"${key}" is registered as a service, but is not made by service()`);
      const { name, audience } = found;
      if (key !== clientName(name))
        throw new TypeError(
          `service "${name}" is registered as "${key}", but must be registered as "${clientName(name)}"`,
        );
      const other = audiences.get(audience);
      if (other !== undefined)
        throw new TypeError(`services "${other}" and "${name}" have the audience "${audience}"`);
      audiences.set(audience, name);
      return found;
    });
}
