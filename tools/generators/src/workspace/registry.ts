import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AnyOperation, servicesOf, type ServiceInfo, type ServiceRegistry } from '@bff/upstream-clients';

export const servicesFolder = 'libs/services/src';

/** Returns the registered services of the workspace. */
export async function registeredServices(root: string): Promise<readonly ServiceInfo[]> {
  return servicesOf(await importFrom<ServiceRegistry>(root, `${servicesFolder}/index.ts`));
}

/** Imports a module of the workspace by its path. */
export const importFrom = <T>(root: string, path: string): Promise<T> =>
  import(pathToFileURL(join(root, path)).href) as Promise<T>;

/** Returns an operation. @param given such as `thing.list` @throws {Error} when there is no such operation */
export function operationNamed(services: readonly ServiceInfo[], given: string): AnyOperation {
  const [service = '', name = '', ...more] = given.split('.');
  const found = services.find((each) => each.name === service);
  if (!found || name === '' || more.length > 0)
    throw new Error(
      `there is no operation "${given}": write service.operation; the services are ${services.map((each) => each.name).join(', ')}`,
    );
  if (!Object.hasOwn(found.operations, name))
    throw new Error(
      `there is no operation "${given}"; ${service} has ${Object.keys(found.operations).join(', ')}`,
    );
  return found.operations[name] as AnyOperation;
}
