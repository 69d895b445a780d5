import { readFacts } from '../oracle/facts.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { product } from '../product.ts';
import { createAgentClient } from './agent-client.ts';
import { createMobileClient, createPartnerClient, createWebClient } from './http-client.ts';
import type { LoadClient } from './load-client.ts';

/** Returns `count` users of each tenant, by tenant. */
export const usersOfEach = (count: number): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(product.tenants.map(({ id, users }) => [id, users(1, count)]));

/** Logs distinct users in at every BFF; the partners read the data of the same users. */
export async function logInClients(
  fleet: Fleet,
  users: Readonly<Record<string, readonly string[]>>,
): Promise<LoadClient[]> {
  const visitors: LoadClient[] = [];
  for (const [tenant, ids] of Object.entries(users))
    for (const user of ids) {
      const facts = await readFacts(fleet, tenant, user);
      for (const create of [createWebClient, createMobileClient, createPartnerClient, createAgentClient])
        visitors.push(await create(fleet, facts));
    }
  await renewTokens(visitors);
  return visitors;
}

/**
 * Renews the access tokens that expire during a run. @throws {Error} when the provider does not issue a token
 */
export async function renewTokens(visitors: readonly LoadClient[]): Promise<void> {
  for (const visitor of visitors) await visitor.renew?.();
}
