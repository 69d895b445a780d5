import { setTimeout as wait } from 'node:timers/promises';
import { percentile } from './report/figures.ts';
import { startFleet } from './fleet/fleet.ts';
import type { Verdict } from './oracle/oracle.ts';
import { startLoad } from './load/load.ts';
import type { Sample } from './load/sample.ts';
import { usersOfEach, logInClients } from './load/load-clients.ts';

export interface RollingReport {
  readonly requests: number;
  readonly counts: Readonly<Partial<Record<Verdict, number>>>;
  readonly p99: number;
  /** Exit codes of the processes that got SIGTERM. */
  readonly exitCodes: readonly (number | null)[];
  readonly failures: readonly string[];
}

/** Restarts the replicas of web-bff one by one under load, behind a balancer that obeys `/readyz`. */
export async function runRollingRestart({
  replicas,
  rate,
}: {
  readonly replicas: number;
  readonly rate: number;
}): Promise<RollingReport> {
  const fleet = await startFleet({ replicas: { 'web-bff': replicas } });
  try {
    const visitors = (await logInClients(fleet, usersOfEach(3))).filter(({ client }) => client === 'web');
    const load = startLoad(visitors, [], rate);
    const exitCodes: (number | null)[] = [];
    for (const unit of fleet.replicas['web-bff']) {
      exitCodes.push(await unit.stop());
      await unit.start();
      // Waits until the balancer, which checks replicas ten times per second, uses this one again.
      await wait(300);
    }
    await load.stop();
    const failed = (sample: Sample): boolean =>
      sample.verdict !== 'complete' && sample.verdict !== 'degraded';
    return {
      requests: load.samples.length,
      counts: Object.fromEntries(
        [...Map.groupBy(load.samples, ({ verdict }) => verdict)].map(([verdict, { length }]) => [
          verdict,
          length,
        ]),
      ),
      p99: percentile(
        load.samples.map(({ ms }) => ms),
        0.99,
      ),
      exitCodes,
      failures: load.samples.filter(failed).map(({ verdict, why }) => `${verdict}: ${why}`),
    };
  } finally {
    await fleet.close();
  }
}
