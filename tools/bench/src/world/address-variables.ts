import * as services from '@bff/services';
import { addressVariable, servicesOf } from '@bff/upstream-clients';

/** The environment variables with the addresses of all registered services, by the services' names. */
export const addressVariables: Readonly<Record<string, string>> = Object.fromEntries(
  servicesOf(services).map(({ name }) => [name, addressVariable(name)]),
);
