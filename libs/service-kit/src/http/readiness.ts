import { monotonicClock, type Clock } from '../core/deadline.ts';

/** Resolves when the dependency is there, to a text that says what is wrong where it serves in part; rejects with the reason. */
export type ReadinessCheck = () => Promise<unknown>;

export interface ReadinessOptions {
  readonly readiness: Readonly<Record<string, ReadinessCheck>>;
  /** Names of checks without which this app still serves: they are reported only. Default: none. */
  readonly dispensable?: readonly string[];
  readonly clock?: Clock;
}

export interface Readiness {
  /** Whether this app can serve. */
  readonly ok: boolean;
  /** Of each check: `ok`, `gone`, or what is wrong. As it is now, whatever `ok` says. */
  readonly checks: Readonly<Record<string, string>>;
}

/** A dependency counts as gone when it failed for this long, in milliseconds, and twice. */
const patienceMs = 3_000;

interface Standing {
  isThere: boolean;
  lastSuccessAt: number;
  failures: number;
  successes: number;
}

/**
 * Decides whether an app can serve. A dependency that was never there is gone; one that was is gone after failing for 3 s at
 * two checks or more, and back after two successes: a slow store must not take all replicas in and out of the load balancer.
 */
export function createReadiness({ readiness, dispensable = [], clock = monotonicClock }: ReadinessOptions) {
  const standings = new Map(Object.keys(readiness).map((name) => [name, neverThere()]));

  return async function evaluate(): Promise<Readiness> {
    const results = await Promise.all(
      Object.entries(readiness).map(async ([name, check]) => {
        const result = await check().then(
          (fault) => (typeof fault === 'string' ? fault : 'ok'),
          () => 'gone',
        );
        record(standings.get(name) as Standing, result !== 'gone', clock());
        return [name, result] as const;
      }),
    );
    const ok = [...standings].every(([name, { isThere }]) => isThere || dispensable.includes(name));
    return { ok, checks: Object.fromEntries(results) };
  };
}

const neverThere = (): Standing => ({ isThere: false, lastSuccessAt: -Infinity, failures: 0, successes: 0 });

function record(standing: Standing, succeeded: boolean, now: number): void {
  if (succeeded) {
    const isFirst = standing.lastSuccessAt === -Infinity;
    standing.lastSuccessAt = now;
    standing.failures = 0;
    if (isFirst || ++standing.successes >= 2) standing.isThere = true;
    return;
  }
  standing.successes = 0;
  if (++standing.failures >= 2 && now - standing.lastSuccessAt >= patienceMs) standing.isThere = false;
}
