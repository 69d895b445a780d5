import { z } from 'zod';

/** Providers write a claim that they have no value for as `null` or as an empty text: it is absent (F22). */
export const absentIfEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional());

/** NumericDate (RFC 7519, section 2), which may have fractions (F24), as whole seconds. */
export const numericDate = z.number().transform(Math.floor);
