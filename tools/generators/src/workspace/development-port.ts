import { createHash } from 'node:crypto';
import type { ServiceInfo } from '@bff/upstream-clients';
import { servicesFolder } from './registry.ts';

const first = 20_000;
const count = 10_000;

/**
 * Returns the port of a service in development. It depends only on the name, so that the order in which
 * services are generated does not matter, and no port changes when a service is added or removed.
 *
 * @throws {Error} when another service has that port
 */
export function developmentPort(
  name: string,
  services: readonly Pick<ServiceInfo, 'name' | 'address'>[],
): number {
  const port = first + (createHash('sha256').update(name).digest().readUInt32BE() % count);
  const other = services.find(({ address }) => Number(new URL(address).port) === port);
  if (other)
    throw new Error(
      `the port of ${name} in development would be ${port}, which ${other.name} has: write another one into ${servicesFolder}/${other.name}.ts, and run npx nx sync`,
    );
  return port;
}
