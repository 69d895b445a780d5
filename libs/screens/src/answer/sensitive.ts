import { z } from 'zod';
import { unwrapped } from './schema-parts.ts';

/**
 * Marks a member as sensitive: its value never appears in logs, traces or the console, and agents never
 * receive it. The OpenAPI document marks it with `x-sensitive: true`.
 * @example email: sensitive(z.string())
 */
export const sensitive = <Schema extends z.ZodType>(schema: Schema): Schema =>
  schema.meta({ ...schema.meta(), 'x-sensitive': true });

const isSensitive = (schema: z.ZodType): boolean => schema.meta()?.['x-sensitive'] === true;

/**
 * Returns the paths of the sensitive members of an answer in the syntax of field policies: `email`,
 * `things[*].note`. A record with sensitive values is sensitive itself, because a path cannot name its
 * members.
 */
export function sensitivePaths(schema: z.ZodType): readonly string[] {
  const found: string[] = [];
  const seen = new Set<z.ZodType>();
  const visit = (at: z.ZodType, path: string): void => {
    if (isSensitive(at)) return void found.push(path);
    if (seen.has(at)) return;
    seen.add(at);
    if (at instanceof z.ZodObject)
      for (const [name, member] of Object.entries(at.shape))
        visit(member as z.ZodType, path === '' ? name : `${path}.${name}`);
    else if (at instanceof z.ZodArray) visit(at.element as z.ZodType, `${path}[*]`);
    else if (at instanceof z.ZodTuple)
      for (const each of [...at.def.items, ...(at.def.rest ? [at.def.rest] : [])])
        visit(each as z.ZodType, `${path}[*]`);
    else if (at instanceof z.ZodRecord) {
      const before = found.length;
      visit(at.valueType as z.ZodType, path);
      if (found.length > before) found.splice(before, Infinity, path);
    } else if (at instanceof z.ZodLazy) visit(at.unwrap() as z.ZodType, path);
    else if (at instanceof z.ZodUnion) for (const each of at.options) visit(each as z.ZodType, path);
    else {
      const inner = unwrapped(at);
      if (inner) visit(inner, path);
    }
    seen.delete(at);
  };
  visit(schema, '');
  return [...new Set(found)];
}
