import { registeredServices } from '@bff/demo-services';
import type { ProcessPlan } from '../process.ts';
import type { WorldPorts } from './world.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The settings that say where the world of a BFF is. */
const addressVariables = ['ISSUER', ...registeredServices.map(({ addressVariable }) => addressVariable)];
const variableOf = (name: string): string | undefined =>
  name === 'dev-idp' ? 'ISSUER' : registeredServices.find((each) => each.name === name)?.addressVariable;

/** Whether the environment says where this process runs already: it is used, and none is started. */
export const isElsewhere = (name: string, env: Env): boolean => Boolean(env[variableOf(name) ?? '']);

/** The plan of a BFF whose world is where the environment says, where it says so. */
export function withAddresses(plan: ProcessPlan, env: Env): ProcessPlan {
  const given = addressVariables.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  return { ...plan, env: { ...plan.env, ...Object.fromEntries(given) } };
}

/** The ports of the processes that are started here. */
export const portsHere = (at: WorldPorts, env: Env): Partial<WorldPorts> =>
  Object.fromEntries(Object.entries(at).filter(([, { process }]) => !isElsewhere(process, env)));

/** One line for each setting of a single BFF, which the demo cannot give to all of them. */
export const unusedSettings = (env: Env): readonly string[] =>
  ['PORT', 'MANAGEMENT_PORT', 'PUBLIC_URL']
    .filter((name) => env[name])
    .map(
      (name) => `${name} is not used here: each process has a port setting of its own, such as WEB_BFF_PORT`,
    );
