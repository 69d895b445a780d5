import type { Client } from '../broken-product.ts';
import { preload, startFleet, type Fleet } from '../fleet/fleet.ts';
import { createMarker } from '../load/marker.ts';
import { product } from '../product.ts';
import type { LoadClient } from '../load/load-client.ts';
import { renewTokens, usersOfEach, logInClients } from '../load/load-clients.ts';
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
/** The writers, one user each. Partners do not mark items. */
const writerPlans: readonly (readonly [Client, (visitor: LoadClient) => Writer])[] = [
  ['web', createCounter],
  ['mobile', createCounter],
  ['partner', createCounter],
  ['agent', createCounter],
  ['web', createMarker],
  ['mobile', createMarker],
  ['agent', createMarker],
];
/** Users that only the writers use: of the first tenant, because the policy of the second forbids writes. */
const writingUsers = writing.users(51, writerPlans.length);
/** The user of the writer of each plan. */
export const userOfWriter = (client: Client, createWriter: typeof createCounter): string =>
  writingUsers[writerPlans.findIndex(([of, create]) => of === client && create === createWriter)] ?? '';
const renewEveryMs = 120_000;

/**
 * Starts the fleet for a chaos run.
 * @param options.users number of users per tenant that only read; other users of the first tenant write
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
    const writers = writerPlans.flatMap(([client, create], at) =>
      candidates.filter((each) => each.client === client && each.facts.user === writingUsers[at]).map(create),
    );
    const all = [...visitors, ...candidates];
    const timer = setInterval(() => void renewTokens(all).catch(() => undefined), renewEveryMs);
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
