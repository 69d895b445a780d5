import type * as services from '@bff/services';
import { type ClientsOf } from '@bff/upstream-clients';

/** A client for each registered service. */
export type Clients = ClientsOf<typeof services>;
