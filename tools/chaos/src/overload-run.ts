import { setTimeout as wait } from 'node:timers/promises';
import { ask } from './ask.ts';
import { percentile } from './figures.ts';
import { startFleet, type Fleet } from './fleet.ts';
import { startLoad } from './load.ts';
import { numbered, welcomeVisitors, type Visitor } from './visitors.ts';

/** What one rate of requests came to. Times in milliseconds. */
export interface OverloadStep {
  readonly load: string;
  /** Requests a second. */
  readonly offered: number;
  readonly answered: number;
  /** 503 and 429 with `Retry-After`. */
  readonly shed: number;
  readonly failed: number;
  /** Answered a second. */
  readonly goodput: number;
  readonly p50: number;
  readonly p99: number;
  readonly shedP99: number;
  readonly failures: readonly string[];
}

/** Capacity is what one process of web-bff answers when it is asked again at once by so many. */
const concurrency = 32;

/** One process of web-bff at its capacity, and at twice and three times as much. */
export async function runOverload({ seconds }: { readonly seconds: number }): Promise<OverloadStep[]> {
  const fleet = await startFleet({ replicas: 1, env: { LOG_LEVEL: 'fatal' } });
  try {
    const users = { acme: numbered('acme', 1, 8) };
    const visitors = (await welcomeVisitors(fleet, users)).filter(({ client }) => client === 'web');
    await closedLoop(visitors, 1);
    const capacity = await closedLoop(visitors, seconds);
    const steps: OverloadStep[] = [];
    for (const factor of [0.5, 1, 2, 3])
      steps.push(await offer(fleet, visitors, factor, capacity * factor, seconds));
    return steps;
  } finally {
    await fleet.close();
  }
}

/** @returns answers a second */
async function closedLoop(visitors: readonly Visitor[], seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  let answers = 0;
  const one = async (index: number): Promise<void> => {
    const visitor = visitors[index % visitors.length];
    while (visitor !== undefined && performance.now() < end) {
      const reply = await ask({
        url: visitor.origin + (visitor.screens.profile ?? ''),
        headers: visitor.credentials,
      });
      if (reply.status === 200) answers += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, (_, index) => one(index)));
  return answers / seconds;
}

async function offer(
  fleet: Fleet,
  visitors: readonly Visitor[],
  factor: number,
  rate: number,
  seconds: number,
): Promise<OverloadStep> {
  const only = visitors.map((visitor) => ({
    ...visitor,
    screens: { profile: visitor.screens.profile ?? '' },
  }));
  const load = startLoad(only, [], rate);
  await wait(seconds * 1_000);
  await load.stop();
  const of = (...verdicts: string[]) => load.samples.filter(({ verdict }) => verdicts.includes(verdict));
  const answered = of('complete', 'degraded');
  const shed = of('unavailable', 'refused');
  const failed = of('broken', 'forbidden', 'wrong');
  const times = (samples: typeof answered): number[] => samples.map(({ ms }) => ms);
  // Ready again, or the next step would measure this one's end.
  for (const unit of fleet.replicas['web-bff']) await fetch(unit.readyUrl);
  return {
    load: `${factor} x capacity`,
    offered: rate,
    answered: answered.length,
    shed: shed.length,
    failed: failed.length,
    goodput: answered.length / seconds,
    p50: percentile(times(answered), 0.5),
    p99: percentile(times(answered), 0.99),
    shedP99: percentile(times(shed), 0.99),
    failures: [...new Set(failed.map(({ verdict, why }) => `${verdict}: ${why}`))],
  };
}
