import { apiParameters } from '@bff/shaping';
import { z } from 'zod';

const { cursorSchema, fieldsSchema } = apiParameters;

const fields = z
  .string()
  .optional()
  .meta({
    description: 'Members to include in the answer: comma-separated paths, at most 50 with 10 steps each.',
    examples: ['items[*].id'],
    ...fieldsSchema,
  });
/** Query parameters of a screen or write without paging. */
export const fieldsQuery = z.object({ fields });

/** Query parameters of a screen with paging. */
export const pageQuery = z.object({
  fields,
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, 'must be a whole number from 1 to 100')
    .transform(Number)
    .prefault('20')
    .meta({
      type: 'integer',
      minimum: 1,
      maximum: 100,
      default: 20,
      description: 'Maximum number of items on a page.',
    }),
  cursor: z
    .string()
    .optional()
    .meta({
      description: 'The cursor from the previous page. It is valid for the same path, `limit` and `fields`.',
      ...cursorSchema,
    }),
});
export type PageQuery = z.output<typeof pageQuery>;
