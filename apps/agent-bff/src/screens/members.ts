import { z } from 'zod';

/** Members that the answers of several tools contain. Missing values are omitted instead of null. */
export const money = {
  total_cents: z.int().meta({ description: 'Hundredths of the currency.' }),
  currency: z.string(),
};

export const orderLine = z.object({ id: z.string(), status: z.string(), placed_at: z.string(), ...money });

export const notificationAnswer = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  created_at: z.string(),
  read_at: z.string().meta({ description: 'Absent while unread.' }),
});

export const nextCursor = z.string();
