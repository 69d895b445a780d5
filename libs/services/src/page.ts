import { z } from 'zod';

/** Query parameters with which services of this product return one page of a list. */
export const pageParameters = {
  limit: z.int(),
  /** The `next_cursor` of the previous page. Absent for the first page. */
  cursor: z.string().optional(),
};

/** One page of a list; `next_cursor` is null on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item.readonly()).readonly(), next_cursor: z.string().nullable() });
