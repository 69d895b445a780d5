import type { Verdict } from '../oracle/oracle.ts';
import { bffNames, type Fleet } from '../fleet/fleet.ts';
import { product } from '../product.ts';
import { serviceNames } from '../fleet/services.ts';

/** A fault and its removal. */
export interface Disturbance {
  readonly name: string;
  begin(fleet: Fleet): Promise<void> | void;
  end(fleet: Fleet): Promise<void> | void;
  /** Verdicts that fail other runs but are expected during this fault. */
  readonly allows?: readonly Verdict[];
  /** Requests per second from the partner of the first tenant, in addition to the steady load. */
  readonly flood?: number;
  /** Whether users log in during the fault: only logins call the identity provider continuously. */
  readonly hasLogins?: boolean;
}

const kinds = [
  'latency',
  'error',
  'hang',
  'garbage',
  'truncate',
  'reset',
  'huge',
  'slow',
  'wrong-type',
] as const;

/** Settings of faults. The mean latency is chosen to exceed a screen's budget of two seconds now and then. */
const settings: Partial<Record<(typeof kinds)[number], object>> = {
  latency: { ms: 1_500 },
  error: { status: 500 },
};

const control = async (fleet: Fleet, service: string, method: string, body?: object): Promise<void> => {
  const answer = await fetch(`${fleet.service(service).url}/__faults`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${service}-service rejected the fault: ${await answer.text()}`);
};

/**
 * Each fault kind is applied to one service after the other, so that a service's breakers can close before
 * its next fault.
 */
const serviceErrors: readonly Disturbance[] = [
  ...kinds.flatMap((kind) =>
    serviceNames.map((service) => ({
      name: `${service}-service ${kind}`,
      begin: (fleet: Fleet) => control(fleet, service, 'PUT', { route: '*', kind, ...settings[kind] }),
      end: (fleet: Fleet) => control(fleet, service, 'DELETE'),
    })),
  ),
  ...serviceNames.map((service) => ({
    name: `${service}-service killed`,
    begin: (fleet: Fleet) => fleet.service(service).kill(),
    end: (fleet: Fleet) => fleet.service(service).start(),
  })),
];

const everyBff = (fleet: Fleet) => bffNames.flatMap((name) => fleet.replicas[name]);
const firstOfEach = (fleet: Fleet) => bffNames.flatMap((name) => fleet.replicas[name].slice(0, 1));

const systemFaults: readonly Disturbance[] = [
  {
    name: 'all services error',
    begin: async (fleet) =>
      void (await Promise.all(
        serviceNames.map((each) => control(fleet, each, 'PUT', { route: '*', kind: 'error' })),
      )),
    end: async (fleet) =>
      void (await Promise.all(serviceNames.map((each) => control(fleet, each, 'DELETE')))),
  },
  {
    name: 'all services hang, then recover at the same time',
    begin: async (fleet) =>
      void (await Promise.all(
        serviceNames.map((each) => control(fleet, each, 'PUT', { route: '*', kind: 'hang' })),
      )),
    end: async (fleet) =>
      void (await Promise.all(serviceNames.map((each) => control(fleet, each, 'DELETE')))),
  },
  {
    // SAVE writes the snapshot: it simulates the persistence that a session store has in production.
    name: 'Redis killed, back from its snapshot',
    async begin({ redis }) {
      redis.cli('SAVE');
      await redis.kill();
    },
    end: ({ redis }) => redis.start(),
  },
  { name: 'Redis frozen', begin: ({ redis }) => redis.pause(), end: ({ redis }) => redis.resume() },
  {
    name: 'Redis full',
    begin: ({ redis }) => void redis.cli('CONFIG', 'SET', 'maxmemory', '1'),
    end: ({ redis }) => void redis.cli('CONFIG', 'SET', 'maxmemory', '0'),
  },
  {
    // Allows `broken`: requests in flight are lost with the killed process, and the balancer repeats reads
    // but must not repeat writes.
    name: 'one replica of each BFF killed',
    begin: async (fleet) => void (await Promise.all(firstOfEach(fleet).map((unit) => unit.kill()))),
    end: async (fleet) => void (await Promise.all(firstOfEach(fleet).map((unit) => unit.start()))),
    allows: ['broken'],
  },
  {
    name: 'SIGTERM to one replica of each BFF',
    begin: async (fleet) => void (await Promise.all(firstOfEach(fleet).map((unit) => unit.stop()))),
    end: async (fleet) => void (await Promise.all(firstOfEach(fleet).map((unit) => unit.start()))),
  },
  {
    name: 'clocks of the BFFs 20 s ahead',
    begin: (fleet) => everyBff(fleet).forEach((unit) => unit.signal('SIGUSR2')),
    end: (fleet) => everyBff(fleet).forEach((unit) => unit.signal('SIGUSR2')),
  },
  {
    name: 'clocks of the BFFs 20 s behind',
    begin: (fleet) => everyBff(fleet).forEach((unit) => unit.signal('SIGUSR2')),
    end: (fleet) => everyBff(fleet).forEach((unit) => unit.signal('SIGUSR2')),
  },
  {
    name: 'identity provider killed',
    begin: ({ idp }) => idp.kill(),
    end: ({ idp }) => idp.start(),
    hasLogins: true,
  },
  {
    name: `${product.tenants[0].id} at ten times its quota`,
    begin: () => undefined,
    // The flood exhausts the partner's quota for up to a minute, so its windows are reset before the next
    // fault.
    end({ redis }) {
      const keys = redis.cli('--scan', '--pattern', '*:limit:*').split('\n').filter(Boolean);
      if (keys.length > 0) redis.cli('DEL', ...keys);
    },
    allows: ['refused'],
    flood: 100,
  },
];

export const noDisturbance: Disturbance = { name: 'none', begin: () => undefined, end: () => undefined };
export const processErrors: readonly Disturbance[] = [...serviceErrors, ...systemFaults];
