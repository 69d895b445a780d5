import { type Client } from './expected-view.ts';
import { createMarker } from './marker.ts';
import { preload, startFleet, type Fleet } from './fleet.ts';
import { numbered, renewPartnerTokens, welcomeVisitors, type Visitor } from './visitors.ts';
import { createCounter, type Writer } from './writer.ts';

export interface ChaosWorld {
  readonly fleet: Fleet;
  readonly visitors: readonly Visitor[];
  readonly writers: readonly Writer[];
  close(): Promise<void>;
}

/** Ten requests a second, twice what the steady load takes of it; the flood is ten times this. */
const quotas = {
  burst: { limit: 100, windowSeconds: 10 },
  daily: { limit: 1_000_000, windowSeconds: 86_400 },
};
const tenants = {
  tenants: [
    {
      id: 'acme',
      name: 'Acme Corp',
      status: 'active',
      fields: { blocked: ['ssn', 'internal_notes'] },
      quotas,
    },
    {
      id: 'globex',
      name: 'Globex',
      status: 'active',
      fields: { allowed: ['name', 'email', 'orders[*].id'] },
      quotas,
    },
  ],
};
const renewEveryMs = 120_000;

/** @param options.users of each tenant, who are only read; five more of acme write */
export async function startChaosWorld(options: {
  readonly replicas: number;
  readonly users: number;
}): Promise<ChaosWorld> {
  const { replicas, users } = options;
  const fleet = await startFleet({
    replicas,
    tenants,
    nodeArguments: preload('clock-preload.ts'),
    // Old copies may stand in for lost answers, and never for good ones: every complete answer must be true now.
    serviceEnv: { CACHE_CONTROL: 'private, max-age=0', LOYALTY_DELAY_MS: '10' },
  });
  try {
    const visitors = await welcomeVisitors(fleet, {
      acme: numbered('acme', 1, users),
      globex: numbered('globex', 1, users),
    });
    const writing = await welcomeVisitors(fleet, { acme: numbered('acme', 51, 5) });
    const writes = (number: number, client: Client) => writing.filter((each) => each.client === client && each.facts.user === `acme-user-05${number}`); // prettier-ignore
    // One user for each; globex may not see preferences and may not change them, and a partner marks nothing as read.
    const writers = [
      ...[...writes(1, 'web'), ...writes(2, 'mobile'), ...writes(3, 'partner')].map(createCounter),
      ...[...writes(4, 'web'), ...writes(5, 'mobile')].map(createMarker),
    ];
    const all = [...visitors, ...writing];
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
