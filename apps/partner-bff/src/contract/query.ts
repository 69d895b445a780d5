import { apiParameters } from '@bff/shaping';
import { z } from 'zod';

const { cursorSchema, fieldsSchema } = apiParameters;

const fields = z
  .string()
  .optional()
  .meta({
    description: 'Which members to answer: comma separated paths, at most 50 of 10 steps.',
    examples: ['items[*].id'],
    ...fieldsSchema,
  });
/** Query parameters of an entry that is not a page. */
export const fieldsQuery = z.object({ fields });

/** Query parameters of a page. */
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
      description: 'The most that one page holds.',
    }),
  cursor: z
    .string()
    .optional()
    .meta({
      description: 'As the page before named it. It belongs to its path, `limit` and `fields`.',
      ...cursorSchema,
    }),
});
export type PageQuery = z.output<typeof pageQuery>;
