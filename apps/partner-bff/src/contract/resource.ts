import { type z } from 'zod';
import { type View } from './view.ts';

/** What one version answers for one thing: the schema, and the pure mapping that keeps to it. */
export interface Resource {
  readonly schema: z.ZodObject;
  readonly of: (view: View) => object;
}

export type ResourceName =
  'customer' | 'profile' | 'orders' | 'order' | 'notifications' | 'notification' | 'preferences';
export type Resources = Readonly<Record<ResourceName, Resource>>;

/** The object without its absent members; undefined when nothing is left of it. */
export function present<T extends object>(members: T): T | undefined {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as T);
}
