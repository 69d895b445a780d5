import { createHash } from 'node:crypto';
import type { ServiceInfo } from '@bff/upstream-clients';
import { servicesFolder } from './registry.ts';

const first = 20_000;
const count = 10_000;

/**
 * The port of a service in development. It follows from the name alone, so that the same services have the same ports
 * whatever the order in which they were generated, and no port changes when a service is added or removed.
 *
 * @throws {Error} when a service has that port
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
