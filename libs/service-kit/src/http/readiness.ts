import { monotonicClock, type Clock } from '../core/deadline.ts';

/**
 * Checks a dependency. Resolves if the dependency works; resolves to a description of the error if it works
 * only partly; rejects with the reason if it does not work.
 */
export type ReadinessCheck = () => Promise<unknown>;

export interface ReadinessOptions {
  readonly readiness: Readonly<Record<string, ReadinessCheck>>;
  /** Names of checks that are reported but do not affect readiness. default: every check affects readiness */
  readonly dispensable?: readonly string[];
  readonly clock?: Clock;
}

export interface Readiness {
  /** Whether this app can serve. */
  readonly ok: boolean;
  /**
   * Latest result of each check: `ok`, `gone` if it failed, or a description of the error. The member `ok`
   * reacts more slowly, see {@link createReadiness}.
   */
  readonly checks: Readonly<Record<string, string>>;
}

/**
 * Milliseconds for which a dependency has to fail, at two checks or more, before it makes the app unready.
 */
const patienceMs = 3_000;

interface Standing {
  isThere: boolean;
  lastSuccessAt: number;
  failures: number;
  successes: number;
}

/**
 * Creates the readiness of an app. A dependency that has never worked makes the app unready at once. A
 * dependency that has worked makes it unready after failing for 3 s at two checks or more, and ready again
 * after two successes. So a slow store does not move all replicas in and out of the load balancer.
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
