import { z } from 'zod';

/**
 * The schema as answers are held to it: every member may be absent, because a policy or `fields=` may have taken it, and
 * no other member may be there.
 */
export function partialSchema(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) {
    const members = Object.entries(schema.shape).map(([name, member]) => [
      name,
      partialSchema(member as z.ZodType),
    ]);
    const isOpen = schema.def.catchall !== undefined && !(schema.def.catchall instanceof z.ZodNever);
    return (isOpen ? z.looseObject : z.strictObject)(Object.fromEntries(members) as z.ZodRawShape).partial();
  }
  if (schema instanceof z.ZodArray) return z.array(partialSchema(schema.element as z.ZodType));
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map((each) => partialSchema(each as z.ZodType)) as [z.ZodType]); // prettier-ignore
  if (schema instanceof z.ZodNullable) return partialSchema(schema.unwrap() as z.ZodType).nullable();
  if (schema instanceof z.ZodOptional) return partialSchema(schema.unwrap() as z.ZodType).optional();
  if (schema instanceof z.ZodReadonly) return partialSchema(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodLazy) return z.lazy(() => partialSchema(schema.unwrap() as z.ZodType));
  return schema;
}
