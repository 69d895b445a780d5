import { z } from 'zod';

/**
 * Returned for a value that a compiled function cannot parse: zod then parses it, or reports what is invalid.
 */
export const undecided = Symbol('undecided');
/** Parses a JSON value as a schema does, or returns {@link undecided}. */
export type Model = (json: unknown) => unknown;

type JsonObject = Record<string, unknown>;

interface Member {
  readonly name: string;
  readonly model: Model;
  readonly isOptional: boolean;
}

/**
 * Compiles a schema to a function that returns what the schema's `parse` would return. Unlike zod, the
 * function allocates no result object per member, and does not copy an object that has exactly the declared
 * members. Parts of the schema that it does not support are parsed by zod. Returns {@link undecided} for a
 * value that it cannot parse, such as an invalid one.
 */
export function compileModel(schema: z.ZodType): Model {
  return compile(schema, new Map());
}

function compile(schema: z.ZodType, known: Map<z.ZodType, Model>): Model {
  const made = known.get(schema);
  if (made) return made;
  const { checks = [] } = schema.def;
  if (checks.length > 0 || ('coerce' in schema.def && schema.def.coerce)) return byZod(schema);
  if (schema instanceof z.ZodString) return (json) => (typeof json === 'string' ? json : undecided);
  if (schema instanceof z.ZodBoolean) return (json) => (typeof json === 'boolean' ? json : undecided);
  if (schema instanceof z.ZodNumber) {
    if (schema.format === 'safeint') return (json) => (Number.isSafeInteger(json) ? json : undecided);
    if (schema.format === null) return (json) => (Number.isFinite(json) ? json : undecided);
  }
  if (schema instanceof z.ZodUnknown) return (json) => (json === undefined ? undecided : json);
  if (schema instanceof z.ZodNullable) {
    const inner = compile(schema.unwrap() as z.ZodType, known);
    return (json) => (json === null ? null : inner(json));
  }
  if (schema instanceof z.ZodReadonly) {
    const inner = compile(schema.unwrap() as z.ZodType, known);
    return (json) => {
      const value = inner(json);
      return value === undecided ? undecided : Object.freeze(value);
    };
  }
  if (schema instanceof z.ZodArray) return arrayModel(compile(schema.element as z.ZodType, known));
  if (schema instanceof z.ZodObject && schema.def.catchall === undefined) return objectModel(schema, known);
  return byZod(schema);
}

const byZod =
  (schema: z.ZodType): Model =>
  (json) => {
    const { success, data } = schema.safeParse(json);
    return success ? data : undecided;
  };

/** Returns a function that parses the items of an array, and copies the array only if an item changes. */
function arrayModel(item: Model): Model {
  return function ofArray(json) {
    if (!Array.isArray(json)) return undecided;
    let made: unknown[] | undefined;
    for (let index = 0; index < json.length; index++) {
      const before = json[index] as unknown;
      const after = item(before);
      if (after === undecided) return undecided;
      if (after === before) continue;
      made ??= json.slice() as unknown[];
      made[index] = after;
    }
    return made ?? json;
  };
}

function objectModel(schema: z.ZodObject, known: Map<z.ZodType, Model>): Model {
  const members: Member[] = [];
  const model: Model = (json) => {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return undecided;
    return modelOfObject(json as JsonObject, members);
  };
  known.set(schema, model);
  for (const [name, member] of Object.entries(schema.shape)) {
    // Every object inherits a member of this name, such as `toString`; zod has special rules for these.
    if (name in Object.prototype) return byZod(schema);
    const inner = (member instanceof z.ZodOptional ? member.unwrap() : member) as z.ZodType;
    // An `optional` around a default does not make the member optional: zod inserts the default for a
    // missing member.
    const isOptional = inner !== member && (member as z.ZodType).safeParse(undefined).data === undefined;
    members.push({ name, model: compile(inner, known), isOptional });
  }
  return model;
}

function modelOfObject(json: JsonObject, members: readonly Member[]): unknown {
  let parsed = json;
  let index = 0;
  // V8 reads a member by the name of such a loop without looking it up.
  for (const name in json) {
    const member = members[index];
    if (member?.name !== name) return modelOfRest(json, members, parsed, index);
    const before = json[name];
    const after = member.model(before);
    if (after === undecided) return undecided;
    if (after !== before) {
      if (parsed === json) parsed = { ...json };
      parsed[name] = after;
    }
    index++;
  }
  return index === members.length ? parsed : modelOfRest(json, members, parsed, index);
}

/**
 * Parses an object that has other members than the declared ones, or in another sequence. @param parsed has
 * the first `count` members already parsed
 */
function modelOfRest(
  json: JsonObject,
  members: readonly Member[],
  parsed: JsonObject,
  count: number,
): unknown {
  const made: JsonObject = {};
  for (let index = 0; index < members.length; index++) {
    const { name, model, isOptional } = members[index] as Member;
    if (index < count) {
      made[name] = parsed[name];
      continue;
    }
    const before = json[name];
    // Only zod knows whether a missing member means a default, a `catch` value or an error.
    if (before === undefined && !isOptional) return undecided;
    if (before === undefined) continue;
    const after = model(before);
    if (after === undecided) return undecided;
    made[name] = after;
  }
  return made;
}
