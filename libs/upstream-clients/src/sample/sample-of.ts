import { plain, type JsonSchema } from './json-schema.ts';
import { numberSample } from './number-sample.ts';
import { textSample } from './text-sample.ts';

/** Returned when no value fits: the schema accepts no value, or only values that would contain themselves. */
const none = Symbol('none');

interface Context {
  readonly root: JsonSchema;
  /** References on the path from the root. */
  readonly open: readonly string[];
  /** References that may still be followed for optional members. */
  readonly left: { references: number };
}

/**
 * Limits optional members: schemas that refer to each other would otherwise be nested in every combination.
 */
const maxReferences = 1_000;

/**
 * Returns a value that fits the schema: its example if it has one, otherwise with every member present, and
 * null only where nothing else fits. A schema whose `pattern` matches none of the known texts needs an
 * example.
 * @example sampleOf({ type: 'object', properties: { id: { type: 'string', format: 'uuid' } } })
 */
export function sampleOf(schema: JsonSchema): unknown {
  const value = sample(schema, { root: schema, open: ['#'], left: { references: maxReferences } });
  return value === none ? null : value;
}

/** Returns the value that the schema itself gives: constant, example, default or first of its enum. */
const given = ({ const: only, example, examples, default: fallback, enum: values }: JsonSchema): unknown =>
  [only, example, examples?.[0], fallback, values?.[0]].find((each) => each !== undefined);

function sample(schema: JsonSchema, context: Context): unknown {
  const { root, open, left } = context;
  const own = given(schema);
  if (own !== undefined) return own;
  const references = [schema, ...(schema.allOf ?? [])].flatMap(({ $ref }) => $ref ?? []);
  if (references.some((reference) => open.includes(reference))) return none;
  if (references.length > 0) {
    left.references -= 1;
    return sample(withoutReferences(schema, root), { root, open: [...open, ...references], left });
  }
  const { type, isNullable, schema: it, alternatives } = plain(schema);
  const inner = given(it);
  if (inner !== undefined) return inner;
  if (it.not !== undefined && Object.keys(it.not).length === 0) return none;
  if (it.$ref !== undefined) return orNull(sample(it, context), isNullable);
  if (alternatives.length > 0) {
    for (const each of alternatives) {
      const value = sample(each, context);
      if (value !== none) return value;
    }
    return isNullable ? null : none;
  }
  switch (type) {
    case 'string':
      return textSample(it);
    case 'integer':
    case 'number':
      return numberSample(it);
    case 'boolean':
      return true;
    case 'array':
      return orNull(arraySample(it, context), isNullable);
    case 'object':
      return orNull(objectSample(it, context), isNullable);
    case undefined:
    default:
      return isNullable ? null : 'anything';
  }
}

const orNull = (value: unknown, isNullable: boolean): unknown =>
  value === none && isNullable ? null : value;

function arraySample(schema: JsonSchema, context: Context): unknown {
  const { prefixItems = [], items = {}, minItems = 0, maxItems = Infinity } = schema;
  const first = prefixItems.map((each) => sample(each, context));
  if (first.includes(none)) return none;
  // `items: false` allows no items beyond the tuple.
  const rest = (items as unknown) === false ? none : sample(items, context);
  // Adds one item, because an empty list shows nothing, but no item if the schema allows none.
  const wanted = Math.min(Math.max(minItems, first.length > 0 ? 0 : 1), maxItems);
  const missing = Math.max(wanted - first.length, 0);
  if (rest === none) return first.length >= minItems ? first : none;
  return [...first, ...Array.from({ length: missing }, () => rest)];
}

function objectSample(schema: JsonSchema, context: Context): unknown {
  const { properties = {}, required = [], additionalProperties = {}, propertyNames } = schema;
  const schemaOfOthers = typeof additionalProperties === 'object' ? additionalProperties : {};
  const others = [...required, ...((propertyNames?.enum ?? []) as string[])];
  const schemas = new Map<string, JsonSchema>([
    ...others.map((name) => [name, schemaOfOthers] as const),
    ...Object.entries(properties),
  ]);
  const members = [...schemas].map(([name, each]) => {
    const isWanted = required.includes(name) || context.left.references > 0;
    return [name, isWanted ? sample(each, context) : none] as const;
  });
  if (members.some(([name, value]) => value === none && required.includes(name))) return none;
  return Object.fromEntries(members.filter(([, value]) => value !== none));
}

function resolveReference(reference: string, root: JsonSchema): JsonSchema {
  const names = reference.replace(/^#\/?/, '').split('/').filter(Boolean);
  const unescaped = names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return unescaped.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], root) as JsonSchema;
}

function withoutReferences({ $ref, allOf, ...rest }: JsonSchema, root: JsonSchema): JsonSchema {
  const parts = [...($ref === undefined ? [] : [{ $ref }]), ...(allOf ?? [])].map((part) =>
    part.$ref === undefined ? part : resolveReference(part.$ref, root),
  );
  // A single reference stays as it is: it may be an enum or have alternatives, which cannot be merged.
  return parts.length === 1 && Object.keys(rest).length === 0 ? (parts[0] ?? {}) : { ...rest, allOf: parts };
}
