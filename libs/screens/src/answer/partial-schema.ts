import { z } from 'zod';
import { alternativesOf, isOpen, merged, unwrapped } from './schema-parts.ts';

/**
 * Returns the schema by which answers are verified: every member is optional, because a policy or `fields=`
 * may remove it, and unknown members are rejected.
 */
export function partialSchema(schema: z.ZodType, known = new Map<z.ZodType, z.ZodType>()): z.ZodType {
  const partial = (inner: unknown): z.ZodType => partialSchema(inner as z.ZodType, known);
  const before = known.get(schema);
  if (before) return before;
  if (schema instanceof z.ZodObject) {
    let made: z.ZodType = schema;
    // Registered before its members are converted, for schemas that refer to themselves.
    known.set(
      schema,
      z.lazy(() => made),
    );
    const members = Object.entries(schema.shape).map(([name, member]) => [name, partial(member)]);
    made = (isOpen(schema) ? z.looseObject : z.strictObject)(
      Object.fromEntries(members) as z.ZodRawShape,
    ).partial();
    return made;
  }
  // An item that `fields=` does not select becomes null, so that the other items keep their indices.
  if (schema instanceof z.ZodArray) return z.array(partial(schema.element).nullable());
  if (schema instanceof z.ZodTuple) {
    const { items, rest } = schema.def;
    return z.tuple(items.map(partial) as [z.ZodType], rest ? partial(rest) : z.never());
  }
  if (schema instanceof z.ZodRecord)
    return z.record(schema.keyType as z.ZodString, partial(schema.valueType));
  if (schema instanceof z.ZodUnion)
    return z.union(merged(alternativesOf(schema)).map(partial) as [z.ZodType]);
  if (schema instanceof z.ZodLazy) {
    const made = z.lazy(() => partial(schema.unwrap()));
    known.set(schema, made);
    return made;
  }
  if (schema instanceof z.ZodNullable) return partial(schema.unwrap()).nullable();
  const inner = unwrapped(schema);
  return inner ? partial(inner).optional() : schema;
}
