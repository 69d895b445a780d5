import type { ZodType } from 'zod';

/**
 * Validates options by a schema.
 * @throws {TypeError} that lists every error
 */
export function parseOptions<T>(schema: ZodType<T>, what: string, options: unknown): T {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const faults = result.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'settings'}: ${message}`,
  );
  throw new TypeError(`${what}: ${faults.join('; ')}`);
}
