import { z } from 'zod';

/** The keywords of JSON Schema that describe a value; OpenAPI 3.0 and 3.1, with references resolved. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  /** OpenAPI 3.0. */
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  /** Schemas of the first items. */
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number | boolean;
  readonly exclusiveMaximum?: number | boolean;
  readonly multipleOf?: number;
  readonly not?: JsonSchema;
  /** Reference within the same document: `#` or `#/$defs/thing`. */
  readonly $ref?: string;
}

/**
 * Returns the JSON Schema of the value that a service sends, before any transformation. A type that JSON
 * cannot represent accepts any value.
 */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema =>
  // With references, because schemas that use each other would grow exponentially if they were written out at
  // each use.
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'ref' }) as JsonSchema;

/** A schema with its nullability and its alternatives normalized. */
export interface PlainSchema {
  /** Undefined when a value may have any type. */
  readonly type: string | undefined;
  readonly isNullable: boolean;
  readonly schema: JsonSchema;
  readonly alternatives: readonly JsonSchema[];
}

export function plain(given: JsonSchema): PlainSchema {
  const schema = given.allOf ? merged(given) : given;
  const all = schema.anyOf ?? schema.oneOf ?? [];
  const alternatives = all.filter(({ type }) => type !== 'null');
  const types = [schema.type ?? (schema.properties ? 'object' : [])].flat();
  const [type, ...more] = types.filter((each) => each !== 'null');
  const isNullable = schema.nullable === true || types.includes('null') || alternatives.length < all.length;
  const [only] = alternatives;
  if (alternatives.length === 1 && only) {
    const inner = plain(only);
    return { ...inner, isNullable: isNullable || inner.isNullable };
  }
  if (more.length > 0)
    return {
      type: undefined,
      isNullable,
      schema,
      alternatives: [type, ...more].map((each) => ({ ...schema, type: each ?? [] })),
    };
  return { type, isNullable, schema, alternatives };
}

function merged({ allOf = [], ...rest }: JsonSchema): JsonSchema {
  const parts = [...allOf, rest as JsonSchema].map((part) => (part.allOf ? merged(part) : part));
  return Object.assign({}, ...parts, {
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  });
}
