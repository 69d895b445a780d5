import type { Facts, Json, ReadService } from '../broken-product.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { product } from '../product.ts';

export type Truth = Pick<Fleet, 'service' | 'authority'>;

/** Calls services directly, bypassing every BFF. The calls reject when a service does not answer. */
export const serviceReader =
  (fleet: Truth, tenant: string, user: string): ReadService =>
  async (service, path) => {
    const url = fleet.service(service).url + path;
    const answer = await fetch(url, { headers: fleet.authority(tenant, user, service) });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    // Not `answer.json()`: in Jest its objects have the prototypes of another realm, so comparisons with them
    // fail.
    return JSON.parse(await answer.text()) as Json;
  };

/** Reads the data of a user from the services. @throws {Error} when a service does not answer */
export const readFacts = (fleet: Truth, tenant: string, user: string): Promise<Facts> =>
  product.readFacts(serviceReader(fleet, tenant, user), tenant, user);
