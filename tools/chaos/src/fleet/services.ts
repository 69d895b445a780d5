import * as services from '@bff/services';
import { addressVariable, servicesOf } from '@bff/upstream-clients';

/**
 * A registered service: its name, the audience of its tokens (also the name of its process) and the setting
 * with its address.
 */
export interface RegisteredService {
  readonly name: string;
  readonly audience: string;
  readonly variable: string;
}

export const registered: readonly RegisteredService[] = servicesOf(services).map(({ name, audience }) => ({
  name,
  audience,
  variable: addressVariable(name),
}));
export const serviceNames: readonly string[] = registered.map(({ name }) => name);
