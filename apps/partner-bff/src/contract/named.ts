import { z } from 'zod';

/** The schemas that have a name in the document; the only ones that may be in it. */
export const named = z.registry<{ readonly id: string }>();
