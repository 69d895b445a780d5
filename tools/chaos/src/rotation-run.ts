import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { BffName } from '@bff/demo-world';
import { startDevice, type Device } from './load/device.ts';
import { bffNames, startFleet, type Fleet } from './fleet/fleet.ts';
import { startLoad } from './load/load.ts';
import type { Sample } from './load/sample.ts';
import { renewTokens, usersOfEach, logInClients } from './load/load-clients.ts';
import { product } from './product.ts';

export interface RotationReport {
  /** One step for each roll-out. */
  readonly steps: readonly RotationStep[];
  /** Failed requests and lost sessions, with the reason. */
  readonly failures: readonly string[];
}

export interface RotationStep {
  readonly title: string;
  readonly seconds: number;
  readonly requests: number;
  readonly failed: number;
  readonly syncs: number;
  /** Number of syncs that transferred a complete view which the device already had. */
  readonly fullSyncs: number;
}

export interface RotationOptions {
  /** Requests per second. */
  readonly rate: number;
  /** Called after each step. */
  readonly tell: (step: RotationStep) => void;
}

type Changes = Readonly<Record<string, string | undefined>>;
type ByFamily = Partial<Record<BffName, Changes>>;

/**
 * Minimum time between two fetches of the key set by a service that sees an unknown key. Independently of
 * that, every service fetches the key set every five minutes.
 */
const cooldownMs = 30_000;

const newSecret = (): string => randomBytes(32).toString('hex');
const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

/**
 * Replaces every key in the steps of docs/how-to/rotate-keys.md, one roll-out after the other, while users,
 * partners, agents and devices continue.
 */
export async function runRotation({ rate, tell }: RotationOptions): Promise<RotationReport> {
  const cookieKeys = { old: newSecret(), new: newSecret() };
  const fleet = await startFleet({ replicas: 2, env: { COOKIE_KEYS: cookieKeys.old } });
  const failures: string[] = [];
  const steps: RotationStep[] = [];
  const devices: Device[] = [];
  try {
    const users = usersOfEach(2);
    const visitors = await logInClients(fleet, users);
    const mobile = fleet.doors['mobile-bff'].url;
    for (const user of Object.values(users).flat())
      devices.push(await startDevice(mobile, user, Object.values(product.screensOf('mobile', user))));
    const load = startLoad(visitors, [], rate);

    const rollOut = async (title: string, changes: ByFamily): Promise<void> => {
      const before = {
        requests: load.samples.length,
        syncs: sum(devices, 'syncs'),
        full: sum(devices, 'fullSyncs'),
      };
      const startedAt = performance.now();
      await renewTokens(visitors);
      for (const name of bffNames)
        if (changes[name]) for (const unit of fleet.replicas[name]) await restart(unit, changes[name]);
      const samples = load.samples.slice(before.requests);
      const failed = samples.filter(isFailure);
      failures.push(...failed.map(({ verdict, what, why }) => `${title}: ${what} ${verdict}: ${why}`));
      const step = {
        title,
        seconds: Math.round((performance.now() - startedAt) / 1_000),
        requests: samples.length,
        failed: failed.length,
        syncs: sum(devices, 'syncs') - before.syncs,
        fullSyncs: sum(devices, 'fullSyncs') - before.full,
      };
      steps.push(step);
      tell(step);
    };
    const everywhere = (changes: Changes): ByFamily =>
      Object.fromEntries(bffNames.map((name) => [name, changes]));

    const key = newKey();
    await rollOut(
      'INTERNAL_JWT_OTHER_KEY: the next key is published',
      everywhere({ INTERNAL_JWT_OTHER_KEY: key }),
    );
    await wait(cooldownMs);
    await rollOut(
      'INTERNAL_JWT_PRIVATE_KEY: the next key signs, the former key stays published',
      everywhere({ INTERNAL_JWT_PRIVATE_KEY: key, INTERNAL_JWT_OTHER_KEY: fleet.signingKey }),
    );
    await rollOut(
      'INTERNAL_JWT_OTHER_KEY: the former key is removed',
      everywhere({ INTERNAL_JWT_OTHER_KEY: undefined }),
    );

    const withCookies = (keys: string): ByFamily => ({
      'web-bff': { COOKIE_KEYS: keys },
      'mobile-bff': { COOKIE_KEYS: keys },
    });
    await rollOut('COOKIE_KEYS: the new key first', withCookies(`${cookieKeys.new},${cookieKeys.old}`));
    // The old key is not removed, because a phone that was offline still has a refresh token encrypted by it.
    for (const device of devices) await device.refresh();

    const etagKey = newSecret();
    await rollOut('ETAG_KEY; mobile-bff keeps the previous key', {
      'web-bff': { ETAG_KEY: newSecret() },
      'mobile-bff': { ETAG_KEY: etagKey, ETAG_KEY_PREVIOUS: 'development-only-etag-key-of-mobile-bff' },
      'partner-bff': { ETAG_KEY: newSecret() },
      'agent-bff': { ETAG_KEY: newSecret() },
    });
    const password = newSecret();
    // From here on, Redis requires a password for new connections. Open connections stay authenticated.
    fleet.redis.cli('ACL', 'SETUSER', 'default', `>${password}`);
    await rollOut('the password of Redis', everywhere({ REDIS_URL: withPassword(fleet, password) }));

    await Promise.all(devices.map((device) => device.stop()));
    await load.stop();
    failures.push(...devices.flatMap((device) => device.failures));
    return { steps, failures };
  } finally {
    await Promise.all(devices.map((device) => device.stop()));
    await fleet.close();
  }
}

async function restart(unit: Fleet['replicas']['web-bff'][number], changes: Changes): Promise<void> {
  await unit.stop();
  await unit.start(changes);
  // Waits until the balancer, which checks replicas ten times per second, uses this one again.
  await wait(300);
}

const isFailure = ({ verdict }: Sample): boolean => verdict !== 'complete' && verdict !== 'degraded';
const sum = (devices: readonly Device[], member: 'syncs' | 'fullSyncs'): number =>
  devices.reduce((total, device) => total + device[member], 0);

function withPassword({ wires }: Fleet, password: string): string {
  const address = new URL(`redis://127.0.0.1:${wires.redis.port}`);
  address.password = password;
  return address.href;
}
