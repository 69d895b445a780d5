import * as services from '@bff/services';
import { addressVariable, servicesOf } from '@bff/upstream-clients';

/** Names of the environment variables with the addresses of all registered services, by service name. */
export const addressVariables: Readonly<Record<string, string>> = Object.fromEntries(
  servicesOf(services).map(({ name }) => [name, addressVariable(name)]),
);
