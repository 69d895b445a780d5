import { z } from 'zod';

/**
 * Returns the schema inside a wrapper that does not change the form (nullable, optional, readonly, default
 * and the like).
 */
export function unwrapped(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodPromise || !('innerType' in schema.def)) return undefined;
  return schema.def.innerType as z.ZodType;
}

/** Whether an object may have members that its schema does not name. */
export const isOpen = ({ def: { catchall } }: z.ZodObject): boolean =>
  catchall !== undefined && !(catchall instanceof z.ZodNever);

/** Returns the alternatives of a union, nested unions flattened, each once. */
export function alternativesOf(schema: z.ZodType, seen = new Set<z.ZodType>()): z.ZodType[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((option) => alternativesOf(option as z.ZodType, seen));
  const inner = schema instanceof z.ZodLazy ? (schema.unwrap() as z.ZodType) : unwrapped(schema);
  return inner ? alternativesOf(inner, seen) : [schema];
}

/**
 * Merges the objects of the alternatives into one schema, and the arrays into one, because a policy may
 * remove the discriminator. The result names every member that any alternative names.
 */
export function merged(alternatives: readonly z.ZodType[]): readonly z.ZodType[] {
  const objects = alternatives.filter((each) => each instanceof z.ZodObject);
  const arrays = alternatives.filter((each) => each instanceof z.ZodArray);
  const others = alternatives.filter((each) => !(each instanceof z.ZodObject || each instanceof z.ZodArray));
  return [
    ...(objects.length > 0 ? [mergedObject(objects)] : []),
    ...(arrays.length > 0 ? [z.array(either(arrays.map(({ element }) => element as z.ZodType)))] : []),
    ...others,
  ];
}

/**
 * Merged schemas by the first schema of each merge. Cached, so that a schema that refers to itself through a
 * union terminates.
 */
const mergedObjects = new WeakMap<
  z.ZodObject,
  { readonly of: readonly z.ZodObject[]; readonly made: z.ZodObject }[]
>();

function mergedObject(objects: readonly z.ZodObject[]): z.ZodObject {
  const [first] = objects as [z.ZodObject];
  if (objects.length === 1) return first;
  const known = mergedObjects.get(first) ?? [];
  const same = known.find(
    ({ of }) => of.length === objects.length && of.every((each) => objects.includes(each)),
  );
  if (same) return same.made;
  const made = madeOf(objects);
  mergedObjects.set(first, [...known, { of: objects, made }]);
  return made;
}

function madeOf(objects: readonly z.ZodObject[]): z.ZodObject {
  const members = new Map<string, z.ZodType[]>();
  for (const { shape } of objects)
    for (const [name, member] of Object.entries(shape))
      members.set(name, [...(members.get(name) ?? []), member as z.ZodType]);
  const shape = Object.fromEntries([...members].map(([name, schemas]) => [name, either(schemas)]));
  return objects.some(isOpen) ? z.looseObject(shape) : z.object(shape);
}

function either(schemas: readonly z.ZodType[]): z.ZodType {
  const [first, ...others] = [...new Set(schemas)] as [z.ZodType, ...z.ZodType[]];
  return others.length === 0 ? first : z.union([first, ...others]);
}
