import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInternalTokens, loadInternalKeys, type ActingIdentity } from '@bff/auth-delegation';
import { bffPlan, freeWorld, worldPlans, worldPorts, type BffName, type ProcessPlan } from '@bff/demo-world';
import { parseTenantId } from '@bff/tenancy';
import { freePorts, startRedis, type TestRedis } from '@bff/testbed';
import { closeOnSignal } from './close-on-signal.ts';
import { startBalancer, type Balancer } from './balancer.ts';
import { registered } from './services.ts';
import { createUnit, type Unit } from './unit.ts';
import { startWires, type Wires } from './wires.ts';

/** The BFFs whose clients this tool knows (`src/load`). It does not know the client of a generated family. */
export const bffNames = [
  'web-bff',
  'mobile-bff',
  'partner-bff',
  'agent-bff',
] as const satisfies readonly BffName[];

/** The complete system as processes, as it is deployed: replicas behind a balancer, and a real Redis. */
export interface Fleet {
  readonly redis: TestRedis;
  /** Proxies on the connections between the BFFs and their dependencies. */
  readonly wires: Pick<Wires, 'redis' | 'idp' | 'service'>;
  readonly doors: Readonly<Record<BffName, Balancer>>;
  readonly replicas: Readonly<Record<BffName, readonly Unit[]>>;
  readonly idp: Unit;
  /** Returns the process of a registered service. @throws {TypeError} when none was started */
  service(name: string): Unit;
  /** PEM of the key that signs internal tokens initially. */
  readonly signingKey: string;
  /** Returns header fields that authorize a direct call to a service, without a BFF. */
  authority(tenant: string, user: string, service: string): Record<string, string>;
  /** Returns the database file of a service. */
  databaseOf(service: string): string;
  close(): Promise<void>;
}

export interface FleetOptions {
  /** Number of replicas, of every BFF or by name of the BFF. Default for a BFF that is not named: 1. */
  readonly replicas: number | Partial<Record<BffName, number>>;
  /** Settings of the BFFs that override the defaults. */
  readonly env?: Readonly<Record<string, string>>;
  /** Settings of the services that override the defaults. */
  readonly serviceEnv?: Readonly<Record<string, string>>;
  /** Addresses of services that run elsewhere; these are not started. */
  readonly upstreams?: Readonly<Record<string, string>>;
  /** Command line options of Node for the BFFs. */
  readonly nodeArguments?: readonly string[];
  readonly tenants?: unknown;
  readonly onLine?: (process: string, line: string) => void;
}

const root = resolve(import.meta.dirname, '../../../..');
const local = (port: number): string => `http://127.0.0.1:${port}`;
/** Delay before a replica stops serving, longer than the balancer needs to notice that it is not ready. */
const drainDelayMs = 600;

/**
 * Starts all processes.
 * @throws {Error} with the last output of a process that does not start; the others are stopped then
 */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { onLine = () => undefined, nodeArguments = [] } = options;
  const countOf = (name: BffName): number =>
    typeof options.replicas === 'number' ? options.replicas : (options.replicas[name] ?? 1);
  const count = bffNames.reduce((sum, name) => sum + countOf(name), 0);
  const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
  const databaseFile = (service: string): string => join(folder, `${service}.db`);
  const redis = await startRedis();
  const at = worldPorts(await freeWorld());
  const world = worldPlans(at).filter(({ name }) => !options.upstreams || name === 'dev-idp');
  const wires = await startWires(redis.port, world);
  const ports = await freePorts(count * 2);
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const tenantsFile = join(folder, 'tenants.json');
  if (options.tenants !== undefined) writeFileSync(tenantsFile, JSON.stringify(options.tenants));

  const managements: number[] = [];
  const bffPlans = bffNames.flatMap((name) =>
    Array.from({ length: countOf(name) }, (_, index): readonly [BffName, ProcessPlan, string] => {
      const plan = bffPlan(name, at);
      const [port = 0, management = 0] = ports.splice(0, 2);
      managements.push(management);
      const env = {
        ...plan.env,
        ...(options.upstreams && Object.fromEntries(registered.map(({ name: service, variable }) => [variable, options.upstreams?.[service] ?? '']))),
        PORT: String(port),
        MANAGEMENT_PORT: String(management),
        ...wires.env,
        INTERNAL_JWT_PRIVATE_KEY: key,
        DRAIN_DELAY_MS: String(drainDelayMs),
        NODE_OPTIONS: '',
        ...(options.tenants !== undefined && { TENANTS_FILE: tenantsFile }),
        ...options.env,
      }; // prettier-ignore
      const command = [...nodeArguments, ...plan.command] as unknown as ProcessPlan['command'];
      const readyUrl = `${local(management)}/readyz`;
      return [name, { name: `${name}-${index + 1}`, command, env, readyUrl }, local(port)];
    }),
  );
  const jwks = managements.map((port) => `${local(port)}/.well-known/jwks.json`).join(',');
  const units = new Map<string, Unit>();
  for (const plan of world) {
    const isService = plan.name !== 'dev-idp';
    const env = {
      ...plan.env,
      ...(isService && {
        INTERNAL_JWKS_URIS: jwks,
        DB_FILE: databaseFile(plan.name),
        ...options.serviceEnv,
      }),
      NODE_OPTIONS: '',
    };
    const own = { ...plan, env };
    units.set(
      plan.name,
      createUnit(own, new URL(plan.readyUrl).origin, (line) => onLine(plan.name, line)),
    );
  }
  const replicas = Object.fromEntries(
    bffNames.map((name) => [
      name,
      bffPlans
        .filter(([owner]) => owner === name)
        .map(([, plan, url]) => createUnit(plan, url, (line) => onLine(plan.name, line))),
    ]),
  ) as Record<BffName, Unit[]>;
  const all = [...units.values(), ...Object.values(replicas).flat()];
  const balancers: Balancer[] = [];
  const tokens = createInternalTokens({
    azp: 'chaos',
    keys: loadInternalKeys({ privateKey: key }),
    ttlSeconds: 3_600,
  });

  let ending: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await Promise.all(balancers.map((each) => each.close()));
    await Promise.all(all.map((unit) => unit.kill()));
    await wires.close();
    await redis.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const close = (): Promise<void> => (ending ??= end());
  closeOnSignal(close);
  try {
    await Promise.all(all.map((unit) => unit.start()));
    const doors = {} as Record<BffName, Balancer>;
    for (const name of bffNames) {
      doors[name] = await startBalancer(Number(bffPlan(name, at).env['PORT']), replicas[name]);
      balancers.push(doors[name]);
    }
    return {
      redis,
      wires,
      doors,
      replicas,
      service(name) {
        const unit = units.get(audienceOf(name));
        if (unit === undefined) throw new TypeError(`no process of the service ${name} was started`);
        return unit;
      },
      idp: units.get('dev-idp') as Unit,
      signingKey: key,
      authority: (tenant, user, service) => ({
        Authorization: `Bearer ${tokens.mint(actingAs(tenant, user), audienceOf(service))}`,
        'X-Tenant-ID': tenant,
        'X-Internal-BFF': 'true',
      }),
      databaseOf: (service) => databaseFile(audienceOf(service)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Returns the audience of a service's tokens, which is also the name of its process. @throws {TypeError} on
 * an unknown service
 */
function audienceOf(service: string): string {
  const found = registered.find(({ name }) => name === service);
  if (found === undefined) throw new TypeError(`no service ${service} is registered`);
  return found.audience;
}

function actingAs(named: string, subject: string): ActingIdentity {
  const tenant = parseTenantId(named);
  if (tenant === undefined) throw new TypeError(`${named} names no tenant`);
  const authTime = Math.floor(Date.now() / 1000);
  return {
    subject,
    tenant,
    tenants: [tenant],
    roles: [],
    permissions: [],
    authTime,
    expiresAt: authTime + 86_400,
  };
}

/** Returns the Node arguments that import a file of `preload/`. */
export const preload = (file: string): readonly string[] => [
  '--import',
  join(root, 'tools/chaos/src/preload', file),
];
