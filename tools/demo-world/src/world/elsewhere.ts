import { registeredServices } from '@bff/demo-services';
import type { ProcessPlan } from '../process.ts';
import type { WorldPorts } from './world.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Names of the settings with the addresses that a BFF calls. */
const addressVariables = ['ISSUER', ...registeredServices.map(({ addressVariable }) => addressVariable)];
const variableOf = (name: string): string | undefined =>
  name === 'dev-idp' ? 'ISSUER' : registeredServices.find((each) => each.name === name)?.addressVariable;

/** Returns whether the environment contains the address of this process, which is then not started. */
export const isExternal = (name: string, env: Env): boolean => Boolean(env[variableOf(name) ?? '']);

/** Returns the plan of a BFF with the addresses from the environment. */
export function withAddresses(plan: ProcessPlan, env: Env): ProcessPlan {
  const given = addressVariables.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  return { ...plan, env: { ...plan.env, ...Object.fromEntries(given) } };
}

/** Returns the ports of the processes that are started, because the environment names no other address. */
export const portsHere = (at: WorldPorts, env: Env): Partial<WorldPorts> =>
  Object.fromEntries(Object.entries(at).filter(([, { process }]) => !isExternal(process, env)));

/** Returns a warning for each setting that can apply only to a single BFF. */
export const unusedSettings = (env: Env): readonly string[] =>
  ['PORT', 'MANAGEMENT_PORT', 'PUBLIC_URL']
    .filter((name) => env[name])
    .map(
      (name) => `${name} is not used here: each process has a port setting of its own, such as WEB_BFF_PORT`,
    );
