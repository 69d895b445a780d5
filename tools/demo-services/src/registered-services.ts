import * as registry from '@bff/services';
import { addressVariable, clientName, servicesOf } from '@bff/upstream-clients';
import { fakes } from './fakes/index.ts';
import { genericService } from './generic/generic-service.ts';
import type { Service } from './service.ts';

/** Client name of a registered service. */
export type ClientName = keyof typeof registry;

/** A service that can be simulated. */
export interface SimulatedService {
  /** Process name: `thing-service` for the service `thing`. */
  readonly name: string;
  /** Required audience of internal tokens. */
  readonly audience: string;
  readonly service: Service;
}

/** A simulated service of the registry. */
export interface RegisteredService extends SimulatedService {
  readonly client: ClientName;
  /** Environment variable of a BFF with the service's address: `THING_SERVICE_URL`. */
  readonly addressVariable: string;
  /** Port of the declared address. */
  readonly port: number;
}

const handwritten: Readonly<Record<string, Service>> = fakes;
const processName = (service: string): string => `${service}-service`;

/** The services of the registry in alphabetical order, each with its hand-written fake or a generic one. */
export const registeredServices: readonly RegisteredService[] = servicesOf(registry).map((info) => ({
  name: processName(info.name),
  audience: info.audience,
  client: clientName(info.name) as ClientName,
  addressVariable: addressVariable(info.name),
  port: portOf(info.address),
  service: handwritten[info.name] ?? genericService(info),
}));

function portOf(address: string): number {
  const { port, protocol } = new URL(address);
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

/** Process names of the registered services in alphabetical order. */
export const serviceNames: readonly string[] = registeredServices.map(({ name }) => name);

/** Returns the route patterns of a service, by which faults and call counts refer to routes. */
export const patternsOf = ({ routes }: Service): readonly string[] => [
  ...new Set(routes.map(({ pattern }) => pattern)),
];

/**
 * Returns a registered service, or a hand-written fake whose service is not registered, by process name.
 *
 * @throws {TypeError} when there is neither
 */
export function simulatedService(name: string): SimulatedService {
  const registered = registeredServices.find((each) => each.name === name);
  if (registered) return registered;
  const service = handwritten[name.replace(/-service$/, '')];
  if (!service) throw new TypeError(`unknown service "${name}"; the services are ${serviceNames.join(', ')}`);
  return { name, audience: name, service };
}
