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
    /** First wait before probes; every opening without a close between doubles it. A probe without a verdict for so long is given up. */
    openMs: milliseconds,
    /** The wait grows no longer than this. */
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

/** The settings of a breaker, with the defaults for what is left out; `maxOpenMs` is then four times `openMs`. */
export function breakerSettings({
  consecutiveFailures = 5,
  openMs = 30_000,
  ...rest
}: Partial<BreakerSettings> = {}): BreakerSettings {
  return {
    consecutiveFailures,
    volumeThreshold: 20,
    errorRate: 0.5,
    windowMs: 10_000,
    openMs,
    maxOpenMs: 4 * openMs,
    probes: 3,
    successesToClose: 3,
    ...rest,
  };
}
