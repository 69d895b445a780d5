import type { Client } from '../broken-product.ts';
import { preload, startFleet, type Fleet } from '../fleet/fleet.ts';
import { createMarker } from '../load/marker.ts';
import { product } from '../product.ts';
import { renewPartnerTokens, usersOfEach, logInClients, type LoadClient } from '../load/load-clients.ts';
import { createCounter, type Writer } from '../load/writer.ts';

export interface ChaosWorld {
  readonly fleet: Fleet;
  readonly visitors: readonly LoadClient[];
  readonly writers: readonly Writer[];
  close(): Promise<void>;
}

/**
 * Quota of ten requests per second: twice the rate of the steady load. The flood sends ten times the quota.
 */
const quotas = {
  burst: { limit: 100, windowSeconds: 10 },
  daily: { limit: 1_000_000, windowSeconds: 86_400 },
};
const tenants = {
  tenants: product.tenants.map(({ id, name, fields }) => ({ id, name, status: 'active', fields, quotas })),
};
const [writing] = product.tenants;
/** Users that only the writers use. */
export const writingUsers = writing.users(51, 5);
const renewEveryMs = 120_000;

/**
 * Starts the fleet for a chaos run.
 * @param options.users number of users per tenant that only read; five more users of the first tenant
 * write
 */
export async function startChaosWorld(options: {
  readonly replicas: number;
  readonly users: number;
}): Promise<ChaosWorld> {
  const { replicas, users } = options;
  const fleet = await startFleet({
    replicas,
    tenants,
    nodeArguments: preload('clock-preload.ts'),
    // max-age=0: a cached answer may only replace a lost one, so every complete answer must show the current
    // data.
    serviceEnv: { CACHE_CONTROL: 'private, max-age=0', ...product.serviceEnv(10) },
  });
  try {
    const visitors = await logInClients(fleet, usersOfEach(users));
    const candidates = await logInClients(fleet, { [writing.id]: writingUsers });
    const writes = (at: number, client: Client) =>
      candidates.filter((each) => each.client === client && each.facts.user === writingUsers[at]);
    // One user per writer. The policy of the second tenant forbids writes, and partners do not mark items.
    const writers = [
      ...[...writes(0, 'web'), ...writes(1, 'mobile'), ...writes(2, 'partner')].map(createCounter),
      ...[...writes(3, 'web'), ...writes(4, 'mobile')].map(createMarker),
    ];
    const all = [...visitors, ...candidates];
    const timer = setInterval(() => void renewPartnerTokens(fleet, all).catch(() => undefined), renewEveryMs);
    return {
      fleet,
      visitors,
      writers,
      async close() {
        clearInterval(timer);
        await fleet.close();
      },
    };
  } catch (error) {
    await fleet.close();
    throw error;
  }
}
