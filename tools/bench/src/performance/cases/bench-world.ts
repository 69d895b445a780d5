import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '@bff/testbed';
import { startLoadGenerator, type LoadGenerator } from '../load/load-generator.ts';
import { startCase, type MeasuredCase, type RunningCase } from './measured-case.ts';
import { logIn } from './measured-users.ts';
import { startIssuer } from '../servers/issuer.ts';
import { writeTenants } from './tenants.ts';

export interface BenchWorld {
  readonly load: LoadGenerator;
  readonly redisPid: number;
  readonly redisVersion: string;
  /** Number of logged-in users in each world. */
  readonly users: number;
  start(one: MeasuredCase): Promise<RunningCase>;
  close(): Promise<void>;
}

/** More than the number of concurrent requests under a saturating load, so that no user has two at a time. */
const users = 2_000;

/**
 * Starts Redis and the load process, and logs users in twice: spread over two tenants, and over ten thousand
 * tenants (`world: 'many'`).
 */
export async function startBenchWorld(olderBundle?: string): Promise<BenchWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const redis = await startRedis();
  const issuer = await startIssuer(folder);
  const load = startLoadGenerator();
  const worldOf = async (name: string, tenants: number) => {
    const tenantsFile = join(folder, `${name}.json`);
    const ids = writeTenants(tenantsFile, tenants);
    return { tenantsFile, users: await logIn({ redisUrl: redis.url, issuer, count: users, tenants: ids }) };
  };
  const close = async (): Promise<void> => {
    load.stop();
    await issuer.close();
    await redis.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const worlds = { usual: worldOf('usual', 2), many: worldOf('many', 10_000) };
  try {
    await Promise.all(Object.values(worlds));
  } catch (error) {
    await close();
    throw error;
  }

  const info = redis.cli('info', 'server');
  return {
    load,
    redisPid: Number(/process_id:(\d+)/.exec(info)?.[1]),
    redisVersion: /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown',
    users,
    async start(one) {
      const world = await worlds[one.world ?? 'usual'];
      return startCase(
        one,
        {
          redisUrl: redis.url,
          tenantsFile: world.tenantsFile,
          issuerEnv: issuer.env,
          compileCache: join(folder, 'compile-cache'),
          olderBundle,
        },
        world.users,
      );
    },
    close,
  };
}
