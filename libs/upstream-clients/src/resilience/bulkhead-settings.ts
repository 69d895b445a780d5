import { z } from 'zod';
import { maxConnections } from '../transport/transport.ts';
import { parseOptions } from '../pipeline/parse-options.ts';

const schema = z.strictObject({
  /**
   * Maximum concurrent calls of one upstream: the ceiling of the adaptive limit. At most the number of
   * connections.
   */
  maxConcurrent: z
    .int()
    .min(1)
    .max(maxConnections, `must not be above the ${maxConnections} connections of an upstream`),
  /** Maximum number of calls that wait for a slot; 0: there is no queue. */
  maxQueued: z.int().min(0).max(100_000),
});

export type BulkheadSettings = Readonly<z.infer<typeof schema>>;

export const bulkheadDefaults: BulkheadSettings = { maxConcurrent: maxConnections, maxQueued: 512 };

/**
 * Validates the settings.
 * @throws {TypeError} that lists every setting that is wrong
 */
export const parseBulkheadSettings = (name: string, settings: BulkheadSettings): BulkheadSettings =>
  parseOptions(schema, `bulkhead of ${name}`, settings);
