import type { ProcessPlan } from '@bff/demo-world';
import { registered } from './services.ts';
import { startWire, type Wire } from './wire.ts';

/** Proxies between the BFFs and each process that they call. */
export interface Wires {
  readonly redis: Wire;
  readonly idp: Wire;
  /** Returns the proxy in front of a registered service. @throws {TypeError} when none was started */
  service(name: string): Wire;
  /** Settings with which the BFFs call through the proxies. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The command that identifies the connection on which Redis sends published messages. */
const subscription = /\r\n[ps]?subscribe\r\n/i;
const portOf = ({ readyUrl }: ProcessPlan): number => Number(new URL(readyUrl).port);

/** Starts the proxies. @param plans processes of the identity provider and of the services */
export async function startWires(redisPort: number, plans: readonly ProcessPlan[]): Promise<Wires> {
  const redis = await startWire(redisPort, subscription);
  const byName = new Map<string, Wire>();
  for (const plan of plans) byName.set(plan.name, await startWire(portOf(plan)));
  const wireTo = (process: string): Wire => {
    const wire = byName.get(process);
    if (wire === undefined) throw new TypeError(`no proxy in front of ${process} was started`);
    return wire;
  };
  const addresses = registered.flatMap(({ variable, audience }) => {
    const wire = byName.get(audience);
    return wire ? [[variable, `http://127.0.0.1:${wire.port}`] as const] : [];
  });
  return {
    redis,
    idp: wireTo('dev-idp'),
    service: (name) => wireTo(registered.find((each) => each.name === name)?.audience ?? name),
    env: {
      ...Object.fromEntries(addresses),
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      PROVIDER_URL: `http://127.0.0.1:${wireTo('dev-idp').port}`,
    },
    async close() {
      await Promise.all([redis, ...byName.values()].map((wire) => wire.close()));
    },
  };
}
