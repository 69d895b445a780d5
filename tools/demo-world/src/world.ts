import { resolve } from 'node:path';
import { developmentKey } from './development-key.ts';
import type { ProcessPlan } from './process.ts';

const root = resolve(import.meta.dirname, '../../..');

/** A port of the demo world, and the variable that moves it. */
export interface WorldPort {
  readonly process: string;
  readonly setting: string;
  readonly port: number;
}

const ports = {
  web: ['web-bff', 'WEB_BFF_PORT', 3001],
  webManagement: ['web-bff', 'WEB_BFF_MANAGEMENT_PORT', 9101],
  mobile: ['mobile-bff', 'MOBILE_BFF_PORT', 3002],
  mobileManagement: ['mobile-bff', 'MOBILE_BFF_MANAGEMENT_PORT', 9102],
  partner: ['partner-bff', 'PARTNER_BFF_PORT', 3003],
  partnerManagement: ['partner-bff', 'PARTNER_BFF_MANAGEMENT_PORT', 9103],
  idp: ['dev-idp', 'DEV_IDP_PORT', 4000],
  user: ['user-service', 'USER_SERVICE_PORT', 8080],
  order: ['order-service', 'ORDER_SERVICE_PORT', 8081],
  notification: ['notification-service', 'NOTIFICATION_SERVICE_PORT', 8082],
  loyalty: ['loyalty-service', 'LOYALTY_SERVICE_PORT', 8083],
} as const;

export type PortName = keyof typeof ports;
export type WorldPorts = Readonly<Record<PortName, WorldPort>>;

/** Where everything listens: the ports of the contract, each movable by its setting. */
export function worldPorts(env: NodeJS.ProcessEnv): WorldPorts {
  const entries = Object.entries(ports).map(([name, [process, setting, fallback]]) => {
    const port = Number(env[setting] || fallback);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new Error(`${setting} must be a port number`);
    return [name, { process, setting, port }] as const;
  });
  return Object.fromEntries(entries) as Record<PortName, WorldPort>;
}

const local = ({ port }: WorldPort): string => `http://localhost:${port}`;
const loopback = ({ port }: WorldPort): string => `http://127.0.0.1:${port}`;

export type BffName = 'web-bff' | 'mobile-bff' | 'partner-bff';
const doors: Readonly<Record<BffName, readonly [door: PortName, management: PortName]>> = {
  'web-bff': ['web', 'webManagement'],
  'mobile-bff': ['mobile', 'mobileManagement'],
  'partner-bff': ['partner', 'partnerManagement'],
};
export const isBff = (name: string): name is BffName => Object.hasOwn(doors, name);

const main = (project: string, ...args: string[]): [string, ...string[]] => [
  resolve(root, project, 'src/main.ts'),
  ...args,
];

/** The simulated world: four services and the identity provider, each a process of its own. */
export function worldPlans(at: WorldPorts): ProcessPlan[] {
  const jwksUris = Object.values(doors).map(
    ([, management]) => `${loopback(at[management])}/.well-known/jwks.json`,
  );
  const services = (['user', 'order', 'notification', 'loyalty'] as const).map((name) => ({
    name: at[name].process,
    command: main('tools/demo-services', at[name].process),
    env: {
      PORT: String(at[name].port),
      INTERNAL_JWKS_URIS: jwksUris.join(','),
      // The demo page switches faults from the browser.
      CONTROL_ORIGINS: local(at.web),
    },
    readyUrl: `${loopback(at[name])}/__calls`,
  }));
  const idp = {
    name: 'dev-idp',
    command: main('tools/dev-idp'),
    env: {
      PORT: String(at.idp.port),
      ISSUER: local(at.idp),
      WEB_BFF_URL: local(at.web),
      MOBILE_BFF_URL: local(at.mobile),
    },
    readyUrl: `${local(at.idp)}/.well-known/openid-configuration`,
  };
  return [...services, idp];
}

/** One BFF, told where its world is. */
export function bffPlan(name: BffName, at: WorldPorts): ProcessPlan {
  const [door, management] = doors[name];
  return {
    name,
    command: main(`apps/${name}`),
    env: {
      PORT: String(at[door].port),
      MANAGEMENT_PORT: String(at[management].port),
      PUBLIC_URL: local(at[door]),
      ISSUER: local(at.idp),
      USER_SERVICE_URL: loopback(at.user),
      ORDER_SERVICE_URL: loopback(at.order),
      NOTIFICATION_SERVICE_URL: loopback(at.notification),
      LOYALTY_SERVICE_URL: loopback(at.loyalty),
      ...developmentKey(process.env),
    },
    readyUrl: `${loopback(at[management])}/readyz`,
  };
}
