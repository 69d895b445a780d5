import { z } from 'zod';

/** How the services of this product are asked for one page of a list. */
export const pageParameters = {
  limit: z.int(),
  /** As it came in `next_cursor`. Left out: the first page. */
  cursor: z.string().optional(),
};

/** One page of a list; `next_cursor` is null on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item.readonly()).readonly(), next_cursor: z.string().nullable() });
