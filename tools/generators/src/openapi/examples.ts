import { asList, asNode, type Document, type Node } from './document.ts';
import { formOf, type Direction, type JsonSchema } from './schema/json-schema.ts';

/** Maximum length of an example: a longer one would hide the schema that contains it. */
const maxChars = 2_000;

/** Returns the schema of a media type, with its example. */
export function schemaOfMedia(media: Node): JsonSchema {
  const { schema = true, example, examples } = media;
  const [first] = Object.values(asNode(examples)).map((each) => asNode(each)['value']);
  const given = example ?? first;
  return given === undefined ? schema : { allOf: [schema], example: given };
}

/** Returns the example of a schema, if the schema accepts it. */
export function exampleOf(schema: JsonSchema, document: Document, direction: Direction): unknown {
  const { example, examples, default: usual } = asNode(schema);
  const value = example ?? asList(examples)[0] ?? usual;
  if (value === undefined || value === null) return undefined;
  const text = JSON.stringify(value);
  const isUsable = text.length <= maxChars && !text.includes('"__proto__"');
  return isUsable && fits(value, schema, document, direction) ? value : undefined;
}

/** Returns whether the generated schema accepts a value. */
function fits(value: unknown, schema: JsonSchema, document: Document, direction: Direction): boolean {
  const inner = (each: unknown, of: JsonSchema) => fits(each, of, document, direction);
  const { isAny, isNullable, scalars, isSafe, items, object } = formOf(schema, document, direction);
  if (isAny) return true;
  if (value === null) return isNullable;
  if (typeof value === 'number')
    return (
      scalars.has('number') ||
      (scalars.has('integer') && Number.isInteger(value) && (!isSafe || Number.isSafeInteger(value)))
    );
  if (typeof value !== 'object') return scalars.has(typeof value as 'string' | 'boolean');
  if (Array.isArray(value)) return items !== undefined && value.every((each) => inner(each, items));
  if (!object) return false;
  const members = value as Node;
  return (
    [...object.required].every((name) => !object.properties.has(name) || Object.hasOwn(members, name)) &&
    Object.entries(members).every(([name, each]) =>
      inner(each, object.properties.get(name) ?? object.rest ?? true),
    )
  );
}
