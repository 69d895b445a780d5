import { z } from 'zod';

/**
 * Treats `null` and an empty text as absent, because some providers write a claim without a value that way
 * (F22).
 */
export const absentIfEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional());

/** Parses a NumericDate (RFC 7519, section 2), which may have fractions (F24), to whole seconds. */
export const numericDate = z.number().transform(Math.floor);
