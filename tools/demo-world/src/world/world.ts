import { resolve } from 'node:path';
import { registeredServices, type ClientName, type RegisteredService } from '@bff/demo-services';
import { bffs } from '../bffs.ts';
import { developmentKey } from '../development-key.ts';
import type { ProcessPlan } from '../process.ts';

const root = resolve(import.meta.dirname, '../../../..');

/** A port of the demo world, and the variable that changes it. */
export interface WorldPort {
  readonly process: string;
  readonly setting: string;
  readonly port: number;
}

export type BffName = keyof typeof bffs;
type Family = BffName extends `${infer Name}-bff` ? Name : never;

/** `web` and `webManagement` for the app `web-bff`, the client name of a service, and `idp`. */
export type PortName = Family | `${Family}Management` | 'idp' | ClientName;
export type WorldPorts = Readonly<Record<PortName, WorldPort>>;

/** All BFFs, in the order of their ports. */
export const bffNames = (Object.keys(bffs) as BffName[]).sort(
  (one, other) => bffs[one].port - bffs[other].port,
);
export const isBff = (name: string): name is BffName => Object.hasOwn(bffs, name);

const familyOf = (bff: BffName): Family => bff.replace(/-bff$/, '') as Family;
const publicPortOf = (bff: BffName, at: WorldPorts): WorldPort => at[familyOf(bff)];
const managementOf = (bff: BffName, at: WorldPorts): WorldPort => at[`${familyOf(bff)}Management`];

/** Returns `WEB_BFF` for `web-bff`. */
const variable = (process: string): string => process.replaceAll('-', '_').toUpperCase();

type PortRow = readonly [name: PortName, process: string, setting: string, fallback: number];
const rows: readonly PortRow[] = [
  ...bffNames.flatMap((bff): PortRow[] => [
    [familyOf(bff), bff, `${variable(bff)}_PORT`, bffs[bff].port],
    [`${familyOf(bff)}Management`, bff, `${variable(bff)}_MANAGEMENT_PORT`, bffs[bff].managementPort],
  ]),
  ['idp', 'dev-idp', 'DEV_IDP_PORT', 4000],
  ...registeredServices.map(({ client, name, port }): PortRow => [
    client,
    name,
    `${variable(name)}_PORT`,
    port,
  ]),
];

/**
 * Returns all ports: the declared ones, or those in the settings that override them.
 *
 * @throws {Error} when a setting is not a port number, or a service has the name of a client family
 */
export function worldPorts(env: NodeJS.ProcessEnv): WorldPorts {
  const ports = new Map<PortName, WorldPort>();
  for (const [name, process, setting, fallback] of rows) {
    const port = Number(env[setting] || fallback);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new Error(`${setting} must be a port number`);
    if (ports.has(name)) throw new Error(`"${name}" names both ${ports.get(name)?.process} and ${process}`);
    ports.set(name, { process, setting, port });
  }
  return Object.fromEntries(ports) as WorldPorts;
}

/** Returns the address for a browser on this machine. */
export const local = ({ port }: WorldPort): string => `http://localhost:${port}`;
const loopback = ({ port }: WorldPort): string => `http://127.0.0.1:${port}`;

const main = (project: string, ...args: string[]): [string, ...string[]] => [
  resolve(root, project, 'src/main.ts'),
  ...args,
];

/** Returns the ports of all registered services, where their faults are set. */
export const servicePorts = (at: WorldPorts): readonly number[] =>
  registeredServices.map(({ client }) => at[client].port);

/**
 * Returns the plans of the simulated world: every registered service and the identity provider, each in its
 * own process.
 */
export function worldPlans(at: WorldPorts): ProcessPlan[] {
  const jwksUris = bffNames.map((bff) => `${loopback(managementOf(bff, at))}/.well-known/jwks.json`);
  const urlOf = (bff: BffName): [string, string] => [`${variable(bff)}_URL`, local(publicPortOf(bff, at))];
  const servicePlan = ({ client, name }: RegisteredService): ProcessPlan => ({
    name,
    command: main('tools/demo-services', name),
    env: {
      PORT: String(at[client].port),
      INTERNAL_JWKS_URIS: jwksUris.join(','),
      // Demo pages set faults from the browser.
      CONTROL_ORIGINS: bffNames.map((bff) => local(publicPortOf(bff, at))).join(','),
    },
    readyUrl: `${loopback(at[client])}/__calls`,
  });
  const idp = {
    name: 'dev-idp',
    command: main('tools/dev-idp'),
    env: {
      PORT: String(at.idp.port),
      ISSUER: local(at.idp),
      ...Object.fromEntries(bffNames.map(urlOf)),
    },
    readyUrl: `${local(at.idp)}/.well-known/openid-configuration`,
  };
  return [...registeredServices.map(servicePlan), idp];
}

/** Returns the plan of a BFF with the addresses of its world. */
export function bffPlan(name: BffName, at: WorldPorts): ProcessPlan {
  const [publicPort, management] = [publicPortOf(name, at), managementOf(name, at)];
  return {
    name,
    command: main(`apps/${name}`),
    env: {
      PORT: String(publicPort.port),
      MANAGEMENT_PORT: String(management.port),
      PUBLIC_URL: local(publicPort),
      ISSUER: local(at.idp),
      ...Object.fromEntries(
        registeredServices.map((each) => [each.addressVariable, loopback(at[each.client])]),
      ),
      ...developmentKey(process.env),
    },
    readyUrl: `${loopback(management)}/readyz`,
  };
}
