import { z } from 'zod';

/** The schemas that have a name in the document. */
export const named = z.registry<{ readonly id: string }>();
