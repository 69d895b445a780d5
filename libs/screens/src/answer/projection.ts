import { type Json } from '@bff/shaping';
import { z } from 'zod';

/** Returns what the schema names of a value. Undefined in place of one: every value passes as it is. */
export type Projection = (value: Json) => Json;

type Members = readonly (readonly [name: string, project: Projection | undefined])[];

/**
 * Compiles a schema to a projection: members that it does not name are dropped, at every depth. Members keep the order of
 * the schema. Compiled once; recursive schemas (`z.lazy`) are compiled when they are first used.
 *
 * @throws {TypeError} when a member is named `__proto__`
 */
export function compileProjection(schema: z.ZodType): Projection | undefined {
  if (schema instanceof z.ZodObject) return objectProjection(schema);
  if (schema instanceof z.ZodArray) {
    const item = compileProjection(schema.element as z.ZodType);
    return item && ((value) => (isArray(value) ? value.map(item) : value));
  }
  if (schema instanceof z.ZodUnion) return unionProjection(schema.options as readonly z.ZodType[]);
  if (schema instanceof z.ZodLazy) {
    let compiled: { readonly projection: Projection | undefined } | undefined;
    return function projectLazily(value) {
      compiled ??= { projection: compileProjection(schema.unwrap() as z.ZodType) };
      return compiled.projection ? compiled.projection(value) : value;
    };
  }
  const inner = unwrapped(schema);
  return inner && compileProjection(inner);
}

/** The schema inside one that changes nothing of the form: nullable, optional, readonly, default. */
export function unwrapped(schema: z.ZodType): z.ZodType | undefined {
  if (
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodDefault
  )
    return schema.unwrap() as z.ZodType;
  return undefined;
}

function objectProjection(schema: z.ZodObject): Projection {
  const members: Members = Object.entries(schema.shape).map(([name, member]) => {
    if (name === '__proto__') throw new TypeError('"__proto__" is not the name of a member');
    return [name, compileProjection(member as z.ZodType)];
  });
  const isOpen = schema.def.catchall !== undefined && !(schema.def.catchall instanceof z.ZodNever);
  return function project(value) {
    if (value === null || typeof value !== 'object' || isArray(value)) return value;
    const projected: Record<string, Json> = isOpen ? { ...(value as Record<string, Json>) } : {};
    for (let index = 0; index < members.length; index++) {
      const [name, projectMember] = members[index] as Members[number];
      const member = value[name];
      if (member !== undefined) projected[name] = projectMember ? projectMember(member) : member;
    }
    return projected;
  };
}

/** Of a union: an object keeps the members that any of its alternatives names, so that none is lost. */
function unionProjection(options: readonly z.ZodType[]): Projection | undefined {
  const objects = options.map(bare).filter((each) => each instanceof z.ZodObject);
  if (objects.length === 0)
    return options.length === 1 ? compileProjection(options[0] as z.ZodType) : undefined;
  const merged = z.object(Object.assign({}, ...objects.map((each) => each.shape)));
  return objects.length === options.length ? objectProjection(merged) : undefined;
}

function bare(schema: z.ZodType): z.ZodType {
  const inner = unwrapped(schema);
  return inner ? bare(inner) : schema;
}

const isArray: (value: Json) => value is readonly Json[] = Array.isArray;
