import { setTimeout as wait } from 'node:timers/promises';
import type { Disturbance } from './disturbance.ts';
import { percentile } from '../report/figures.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { startLoad } from '../load/load.ts';
import { startLogins } from '../load/logins.ts';
import type { Sample } from '../load/sample.ts';
import { lostWrites } from '../oracle/lost-writes.ts';
import type { Verdict } from '../oracle/oracle.ts';
import { product } from '../product.ts';
import type { LoadClient } from '../load/load-client.ts';
import type { Writer } from '../load/writer.ts';

/** One row of the table. Times in milliseconds. */
export interface Observation {
  readonly name: string;
  readonly requests: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly lostWrites: number;
  readonly p50: number;
  readonly p99: number;
  /**
   * Time from the start of the fault to the sending of the first affected request; null: none was affected.
   */
  readonly degradedAfter: number | null;
  /** Time from the end of the fault to the sending of the last affected request; null: none was affected. */
  readonly recoveredAfter: number | null;
  /** Whether the system recovered within `patience`. */
  readonly isWell: boolean;
  /** Reasons why the run fails, each with its count. */
  readonly failures: readonly string[];
  /** Reasons of the allowed degradations and failures, each with its count. */
  readonly reasons: readonly string[];
}

export interface ObserveOptions {
  readonly visitors: readonly LoadClient[];
  readonly writers: readonly Writer[];
  readonly rate: number;
  /** Duration of the fault in seconds. */
  readonly seconds: number;
  /** Maximum time in seconds to wait for recovery, which can take five: a breaker stays open that long. */
  readonly patience: number;
}

const quietMs = 1_500;
const always: readonly Verdict[] = ['complete', 'degraded', 'unavailable'];

export async function observe(
  fleet: Fleet,
  disturbance: Disturbance,
  options: ObserveOptions,
): Promise<Observation> {
  const { visitors, writers, rate, seconds, patience } = options;
  for (const writer of writers) writer.prepare?.(fleet);
  const load = startLoad(visitors, writers, rate);
  const logins: Sample[] = [];
  const endLogins = disturbance.hasLogins ? startLogins(fleet, (sample) => logins.push(sample)) : undefined;
  const samples = (): readonly Sample[] => [...load.samples, ...logins];
  const flood = disturbance.flood ? startFlood(visitors, disturbance.flood) : undefined;
  const begun = performance.now();
  let ended: number;
  try {
    await disturbance.begin(fleet);
    await wait(Math.max(0, begun + seconds * 1_000 - performance.now()));
  } finally {
    flood?.();
    await disturbance.end(fleet);
    ended = performance.now();
  }
  // Waits until every recent request was answered completely.
  let isWell = false;
  for (const give = ended + patience * 1_000; !isWell && performance.now() < give; await wait(100)) {
    const recent = samples().filter(({ at }) => at > performance.now() - quietMs);
    const isQuiet = recent.length > 0 && recent.every(({ verdict }) => verdict === 'complete');
    isWell = performance.now() > ended + quietMs && isQuiet;
  }
  await load.stop();
  await endLogins?.();
  return summarise(disturbance, samples(), {
    begun,
    ended,
    isWell,
    lost: await lostWrites(fleet, writers),
  });
}

function summarise(
  { name, allows = [] }: Disturbance,
  samples: readonly Sample[],
  {
    begun,
    ended,
    isWell,
    lost,
  }: {
    readonly begun: number;
    readonly ended: number;
    readonly isWell: boolean;
    readonly lost: readonly string[];
  },
): Observation {
  const counts = { complete: 0, degraded: 0, refused: 0, unavailable: 0, forbidden: 0, broken: 0, wrong: 0 };
  for (const { verdict } of samples) counts[verdict] += 1;
  const felt = samples.filter(({ verdict }) => verdict !== 'complete').map(({ at }) => at);
  const during = felt.filter((at) => at < ended);
  const after = felt.filter((at) => at >= ended);
  const times = samples.filter(({ at }) => at < ended).map(({ ms }) => ms);
  const isFailure = ({ verdict, what, why = '' }: Sample): boolean =>
    // A write without an answer may have been applied or may still run: the next write then gets 412 for the
    // newer version, or 409 for its idempotency key in use.
    !always.includes(verdict) && !allows.includes(verdict) && !(what === 'write' && /^(409|412) /.test(why));
  return {
    name,
    requests: samples.length,
    counts,
    lostWrites: lost.length,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    degradedAfter: during.length > 0 ? Math.min(...during) - begun : null,
    recoveredAfter: after.length > 0 ? Math.max(...after) - ended : null,
    isWell,
    failures: [...lost, ...reasonsOf(samples.filter(isFailure))],
    reasons: reasonsOf(samples.filter((sample) => sample.verdict !== 'complete' && !isFailure(sample))),
  };
}

function reasonsOf(samples: readonly Sample[]): string[] {
  const byReason = Map.groupBy(
    samples,
    ({ client, tenant, what, verdict, why = '' }) => `${verdict} ${client} ${what} of ${tenant}: ${why}`,
  );
  return [...byReason].map(([reason, { length }]) => `${length} x ${reason}`);
}

/** Sends requests as the first tenant's partner, `rate` per second. @returns a function that stops it */
function startFlood(visitors: readonly LoadClient[], rate: number): () => void {
  const tenant = product.tenants[0].id;
  const partner = visitors.find(({ client, facts }) => client === 'partner' && facts.tenant === tenant);
  if (partner === undefined) throw new TypeError(`the flood needs a partner of ${tenant}, and there is none`);
  const timer = setInterval(() => void partner.send(partner.read(product.flood)), 1_000 / rate);
  return () => clearInterval(timer);
}
