import { z } from 'zod';
import { parseOptions } from '../pipeline/parse-options.ts';

const count = z.int().min(1);
const milliseconds = z.int().min(1).max(86_400_000);

const schema = z
  .strictObject({
    /** Consecutive failures that open the breaker. */
    consecutiveFailures: count,
    /** Minimum number of verdicts in the window before the error rate counts. */
    volumeThreshold: count,
    /** Opens when failures exceed this share of the verdicts in the window, 0 to 1. */
    errorRate: z.number().min(0).max(1),
    /** Length of the rolling window of verdicts, in milliseconds, at least 10: it is kept in ten buckets. */
    windowMs: milliseconds.min(10),
    /**
     * Wait before the first probe, in milliseconds; doubled each time the breaker opens again without
     * closing.
     */
    openMs: milliseconds,
    /** Maximum of the doubled `openMs`: a recovered service is probed after at most this time. */
    maxOpenMs: milliseconds,
    /** Concurrent calls while half-open. */
    probes: count,
    /** Consecutive successful probes that close the breaker. */
    successesToClose: count,
  })
  .refine((settings) => settings.maxOpenMs >= settings.openMs, {
    path: ['maxOpenMs'],
    error: 'must not be below openMs',
  });

export type BreakerSettings = Readonly<z.infer<typeof schema>>;

/**
 * Validates the settings.
 * @throws {TypeError} that lists every setting that is wrong
 */
export function parseBreakerSettings(name: string, settings: BreakerSettings): BreakerSettings {
  return parseOptions(schema, `circuit breaker ${name}`, settings);
}

/**
 * Completes the settings of a breaker with the defaults: probes after 0.5, 1, 2, 2.5, 2.5... seconds. An
 * `openMs` above the default of `maxOpenMs` raises `maxOpenMs` to the same value, unless `maxOpenMs` is set.
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
