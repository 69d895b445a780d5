import { plain, type JsonSchema } from '@bff/demo-services/generic';

export interface ZodSourceOptions {
  /** Makes the schema of an object from its members. Default: `z.object`. */
  readonly object?: string;
  /** Whether members that may be left out are marked so. Default: true. */
  readonly optional?: boolean;
  /** Whether null is told. Default: true. */
  readonly nulls?: boolean;
}

/**
 * A schema as the source of a zod schema. Values of an enum stay open, because a service may add to them, and so do
 * formats: what is checked is what would break a screen.
 */
export function zodSource(given: JsonSchema, options: ZodSourceOptions = {}): string {
  const { object = 'z.object', optional = true, nulls = true } = options;
  const { type, isNullable, schema, alternatives } = plain(given);

  const members = (): string => {
    const { properties = {}, required = [] } = schema;
    const listed = Object.entries(properties).map(([name, member]) => {
      const mark = optional && !required.includes(name) ? '.optional()' : '';
      return `${JSON.stringify(name)}: ${zodSource(member, options)}${mark}`;
    });
    return `${object}({ ${listed.join(', ')} })`;
  };
  const form = (): string => {
    if (alternatives.length > 0)
      return `z.union([${alternatives.map((each) => zodSource(each, options)).join(', ')}])`;
    if (type === 'string') return 'z.string()';
    if (type === 'integer') return 'z.int()';
    if (type === 'number') return 'z.number()';
    if (type === 'boolean') return 'z.boolean()';
    if (type === 'array') return `z.array(${zodSource(schema.items ?? {}, options)})`;
    if (type !== 'object') return 'z.unknown()';
    if (schema.properties) return members();
    const { additionalProperties: values } = schema;
    return `z.record(z.string(), ${typeof values === 'object' ? zodSource(values, options) : 'z.unknown()'})`;
  };

  return form() + (isNullable && nulls ? '.nullable()' : '');
}
