import { asList, asNode, type Document } from '../openapi/document.ts';
import { formOf, isCombination, type Direction, type Form, type JsonSchema, type ObjectForm } from '../openapi/json-schema.ts'; // prettier-ignore
import { literal } from './literal.ts';
import { camel, uniqueName } from './names.ts';

export interface ZodSourceOptions {
  readonly direction: Direction;
  /** Whether null is told. Default: true. */
  readonly nulls?: boolean;
  /** Names of members that are left out, whatever the document says. Default: none. */
  readonly isLeftOut?: (name: string) => boolean;
  /** Names that the module has for something else. */
  readonly names: Set<string>;
}

export interface ZodSource {
  /** A schema as a zod expression. @throws {Error} when a reference leads nowhere */
  of(schema: JsonSchema): string;
  /** The declarations that the expressions so far refer to, in the order in which they have to stand. */
  declarations(): readonly string[];
}

/** Deeper than people write; what is below is taken as it is. */
const maxDepth = 40;
/** Of the schemas in one operation. */
const maxCount = 20_000;

/**
 * Writes schemas as source of zod schemas. A schema that is referred to becomes a constant, and one that contains itself is
 * read lazily. Values of an enum stay open, because a service may add to them, and so do formats: what is checked is what
 * would break a screen.
 */
export function createZodSource(document: Document, options: ZodSourceOptions): ZodSource {
  const { direction, nulls = true, isLeftOut = () => false, names } = options;
  const declared: string[] = [];
  /** By reference or combination. */
  const constants = new Map<string, string>();
  const inProgress = new Set<string>();
  let depth = 0;
  let count = 0;

  const nullable = (source: string, isNullable: boolean) =>
    isNullable && nulls && source !== 'z.unknown()' ? `${source}.nullable()` : source;

  function source(schema: JsonSchema): string {
    if (depth > maxDepth) return 'z.unknown()';
    if (++count > maxCount) throw new Error('its schemas are too many');
    depth += 1;
    try {
      const only = onlyPart(schema);
      if (only) return nullable(source(only.part).replace(/\.nullable\(\)$/, ''), only.isNullable || isNullableAt(only.part)); // prettier-ignore
      const form = formOf(schema, document, direction);
      const references = form.object || form.items !== undefined ? referencesIn(schema) : [];
      if (references.length === 0) return nullable(kinds(form), form.isNullable);
      return nullable(constant(JSON.stringify(schema), references, form), form.isNullable);
    } finally {
      depth -= 1;
    }
  }

  const isNullableAt = (schema: JsonSchema): boolean => formOf(schema, document, direction).isNullable;

  /** The name of a schema's constant, which is declared at the first use. */
  function constant(key: string, references: readonly string[], form: Form): string {
    const known = constants.get(key);
    if (known !== undefined)
      return inProgress.has(key) ? `z.lazy((): z.ZodType<unknown> => ${known})` : known;
    const name = uniqueName(`${nameOf(references)}${direction === 'answer' ? 'Model' : 'Body'}`, (each) => names.has(each)); // prettier-ignore
    names.add(name);
    constants.set(key, name);
    inProgress.add(key);
    declared.push(`const ${name} = ${kinds(form)};`);
    inProgress.delete(key);
    return name;
  }

  function kinds({ isAny, isNullable, scalars, items, object }: Form): string {
    if (isAny) return 'z.unknown()';
    const has = scalars.has.bind(scalars);
    const each = [
      ...(has('string') ? ['z.string()'] : []),
      ...(has('number') ? ['z.number()'] : has('integer') ? ['z.int()'] : []),
      ...(has('boolean') ? ['z.boolean()'] : []),
      ...(items === undefined ? [] : [`z.array(${source(items)})`]),
      ...(object ? [objectSource(object)] : []),
    ];
    const [first, ...more] = each;
    if (first === undefined) return isNullable ? 'z.null()' : 'z.unknown()';
    return more.length > 0 ? `z.union([${each.join(', ')}])` : first;
  }

  function objectSource({ properties, required, rest, isFree }: ObjectForm): string {
    const members = [...properties].flatMap(([name, member]) => {
      if (isLeftOut(name)) return [];
      const mark = required.has(name) ? '' : '.optional()';
      return [`${literal(name)}: ${source(member)}${mark}`];
    });
    const others = rest === undefined ? 'z.unknown()' : source(rest);
    if (members.length === 0 && (isFree || rest !== undefined)) return `z.record(z.string(), ${others})`;
    const call = isFree ? 'z.looseObject' : 'z.object';
    return `${call}({ ${members.join(', ')} })${rest === undefined || isFree ? '' : `.catchall(${others})`}`;
  }

  return {
    of(schema) {
      const before = { declared: declared.length, constants: [...constants] };
      count = 0;
      try {
        return source(schema);
      } catch (error) {
        // Nothing refers to what was declared for an expression that there is not.
        declared.length = before.declared;
        constants.clear();
        inProgress.clear();
        for (const [key, name] of before.constants) constants.set(key, name);
        throw error;
      }
    },
    declarations: () => declared,
  };
}

const structural = [
  '$ref', 'type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'patternProperties', 'items',
  'prefixItems', 'allOf', 'oneOf', 'anyOf',
]; // prettier-ignore

/** The part that a schema is but for null: of `allOf` with one part, or of two alternatives one of which is null. */
function onlyPart(schema: JsonSchema): { readonly part: JsonSchema; readonly isNullable: boolean } | undefined {
  const node = asNode(schema);
  const [keyword, ...more] = structural.filter((name) => node[name] !== undefined);
  if (keyword === undefined || more.length > 0) return undefined;
  if (keyword === '$ref')
    return Object.keys(node).length > 1 ? { part: { $ref: node['$ref'] }, isNullable: node['nullable'] === true } : undefined; // prettier-ignore
  if (!keyword.endsWith('Of') || !Array.isArray(node[keyword])) return undefined;
  const all = node[keyword] as readonly JsonSchema[];
  const others = all.filter((each) => asNode(each)['type'] !== 'null');
  const isNullable = node['nullable'] === true || (keyword !== 'allOf' && others.length < all.length);
  return others.length === 1 ? { part: others[0], isNullable } : undefined;
} // prettier-ignore

/** The parts of what becomes a constant: a reference, or a combination of which one is. */
function referencesIn(schema: JsonSchema): readonly string[] {
  const { $ref, anyOf, allOf } = asNode(schema);
  if (typeof $ref === 'string') return [$ref];
  return isCombination(schema) ? asList(anyOf ?? allOf).flatMap((part) => referencesIn(part)) : [];
}

function nameOf(references: readonly string[]): string {
  const words = references.map((each) => each.split('/').at(-1) ?? '');
  const name = camel(words.join(' or ').slice(0, 60));
  return /^[a-z]/.test(name) ? name : `item${name}`;
}
