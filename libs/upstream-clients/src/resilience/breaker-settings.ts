import { z } from 'zod';
import { parseOptions } from '../pipeline/parse-options.ts';

const count = z.int().min(1);
const milliseconds = z.int().min(1).max(86_400_000);

const schema = z
  .strictObject({
    /** Opens after this many failures with no success between. */
    consecutiveFailures: count,
    /** Verdicts within the window below which the rate decides nothing. */
    volumeThreshold: count,
    /** Opens when the share of failures among the verdicts of the window is above this, 0 to 1. */
    errorRate: z.number().min(0).max(1),
    /** Length of the rolling window of verdicts. At least 10 ms, as it is kept in ten parts. */
    windowMs: milliseconds.min(10),
    /** First wait before a probe; every opening without a close between doubles it. */
    openMs: milliseconds,
    /** The wait grows no longer than this: a service that is well again waits at most for so long, and for its probes. */
    maxOpenMs: milliseconds,
    /** Calls let through at a time while half-open. */
    probes: count,
    /** Probes that must succeed, none failing between, before the breaker closes. */
    successesToClose: count,
  })
  .refine((settings) => settings.maxOpenMs >= settings.openMs, {
    path: ['maxOpenMs'],
    error: 'must not be below openMs',
  });

export type BreakerSettings = Readonly<z.infer<typeof schema>>;

/** @throws {TypeError} that lists every setting that is wrong */
export function parseBreakerSettings(name: string, settings: BreakerSettings): BreakerSettings {
  return parseOptions(schema, `circuit breaker ${name}`, settings);
}

/**
 * The settings of a breaker, with the defaults for what is left out: probes after 0.5, 1, 2, 2.5, 2.5... seconds. A
 * longer `openMs` is its own `maxOpenMs` unless that is set.
 */
export function breakerSettings({
  consecutiveFailures = 5,
  openMs = 500,
  ...rest
}: Partial<BreakerSettings> = {}): BreakerSettings {
  return {
    consecutiveFailures,
    volumeThreshold: 20,
    errorRate: 0.5,
    windowMs: 10_000,
    openMs,
    maxOpenMs: Math.max(2_500, openMs),
    probes: 3,
    successesToClose: 3,
    ...rest,
  };
}
