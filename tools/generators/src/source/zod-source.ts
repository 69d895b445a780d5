import { asNode, type Document } from '../openapi/document.ts';
import { exampleOf } from '../openapi/examples.ts';
import {
  formOf,
  isCombination,
  type Direction,
  type Form,
  type JsonSchema,
  type ObjectForm,
} from '../openapi/schema/json-schema.ts';
import { declarationTexts, typeName, type Declaration } from './declaration.ts';
import { literal } from './literal.ts';
import { uniqueName } from './names.ts';
import { nameOf, referencesIn } from './schema-parts.ts';

export interface ZodSourceOptions {
  readonly direction: Direction;
  /** Whether null is allowed where the document allows it. Default: true. */
  readonly nulls?: boolean;
  /** Returns whether a member is always omitted, by name. Default: none. */
  readonly isLeftOut?: (name: string) => boolean;
  /** Whether to keep the document's examples, which the fake of a service answers. Default: false. */
  readonly examples?: boolean;
  /** Names that the module already uses. */
  readonly names: Set<string>;
}

export interface ZodSource {
  /**
   * Returns a schema as a zod expression.
   *
   * @param wanted name of its constant, if it becomes one and the document has none
   * @throws {Error} when the target of a reference is missing
   */
  of(schema: JsonSchema, wanted?: string): string;
  /** Returns the declarations to which the expressions so far refer, in a valid order. */
  declarations(): readonly Declaration[];
  /** Returns whether the expressions so far refer to the constant `integer`. */
  hasIntegers(): boolean;
  /** Returns the parts of the document that the expressions so far omit. */
  notes(): readonly string[];
}

/** Name of the constant for integers, which {@link declarationsOf} declares. */
export const integerName = 'integer';
const integerDeclaration = `/** Accepts integers above 2^53: they lose digits, but the answer stays usable. */
const ${integerName} = z.number().meta({ type: 'integer' });`;

/** Returns the declarations of a module that contains expressions of these sources. */
export function declarationsOf(...sources: readonly ZodSource[]): readonly string[] {
  const all = declarationTexts(sources.flatMap((each) => each.declarations()));
  return sources.some((each) => each.hasIntegers()) ? [integerDeclaration, ...all] : all;
}

type Kind = 'array' | 'object';
/** Identifies a schema: the object itself, or the JSON of a combination, of which there are equal objects. */
type Key = unknown;

const prototypeName = '__proto__';
/** Maximum nesting depth, which no hand-written schema exceeds; below it any value is allowed. */
const maxDepth = 40;
/** Maximum number of nested combinations; without it recursive alternatives would have no end. */
const maxCombined = 2;
/** Maximum number of schemas in one operation. */
const maxCount = 20_000;
/** Maximum length of a schema that is repeated; a longer one becomes a constant. */
const maxRepeatedChars = 80;

/**
 * Writes schemas as source of zod schemas. A schema that is referenced, or used more than once, becomes a
 * constant, and a recursive one is lazy. Enums and formats stay open, because a service may add values: only
 * deviations that would break a screen are rejected.
 *
 * @param schemas all schemas that will be written, in which parts that are used more than once are found
 */
export function createZodSource(
  document: Document,
  schemas: readonly JsonSchema[],
  options: ZodSourceOptions,
): ZodSource {
  const first = createWriter(document, { ...options, names: new Set() }, new Set());
  for (const schema of schemas)
    try {
      first.of(schema);
    } catch {
      // Ignored here: the second writer throws the error again when it writes the schema.
    }
  return createWriter(document, options, first.repeated);
}

/** Creates a writer. @param repeated schemas without a name in the document that become constants */
function createWriter(document: Document, options: ZodSourceOptions, repeated: ReadonlySet<Key>) {
  const { direction, nulls = true, isLeftOut = () => false, examples = false, names } = options;
  const declared: Omit<Declaration, 'isRecursive'>[] = [];
  const constants = { array: new Map<Key, string>(), object: new Map<Key, string>() };
  const inProgress = new Set<string>();
  /** Names of constants to which lazy schemas refer. */
  const lazy = new Set<string>();
  /** Length of the inline text of each schema; undefined while the text is being written. */
  const inPlace = { array: new Map<Key, number | undefined>(), object: new Map<Key, number | undefined>() };
  const foundRepeated = new Set<Key>();
  const notes = new Set<string>();
  let hasIntegers = false;
  let depth = 0;
  let combined = 0;
  let count = 0;

  const nullable = (source: string, isNullable: boolean) =>
    isNullable && nulls && source !== 'z.unknown()' ? `${source}.nullable()` : source;

  function source(schema: JsonSchema, wanted: string): string {
    const isCombined = isCombination(schema);
    if (depth > maxDepth || (isCombined && combined > maxCombined)) return 'z.unknown()';
    if (++count > maxCount) throw new Error('it has too many schemas');
    depth += 1;
    if (isCombined) combined += 1;
    try {
      const form = formOf(schema, document, direction);
      return exemplified(nullable(kinds(form, wanted), form.isNullable), schema, form);
    } finally {
      depth -= 1;
      if (isCombined) combined -= 1;
    }
  }

  /** Adds the example of its schema, or of the schema it refers to, unless a constant already has it. */
  function exemplified(source: string, schema: JsonSchema, { origins }: Form): string {
    if (!examples) return source;
    const { $ref, ...more } = asNode(schema);
    const owner = typeof $ref === 'string' && Object.keys(more).length === 0 ? document.target($ref) : schema;
    const isConstant = (['array', 'object'] as const).some(
      (kind) => constants[kind].get(owner) === source && origins[kind] === owner,
    );
    return isConstant ? source : withExample(source, exampleOf(owner, document, direction));
  }

  const withExample = (source: string, example: unknown): string =>
    example === undefined ? source : `${source}.meta({ example: ${literal(example as object)} })`;

  function kinds(form: Form, wanted: string): string {
    const { isAny, isNullable, scalars, isSafe, items, object } = form;
    if (isAny) return 'z.unknown()';
    const has = scalars.has.bind(scalars);
    if (has('integer') && !isSafe) hasIntegers = true;
    const each = [
      ...(has('string') ? ['z.string()'] : []),
      ...(has('number') ? ['z.number()'] : has('integer') ? [isSafe ? 'z.int()' : integerName] : []),
      ...(has('boolean') ? ['z.boolean()'] : []),
      ...(items === undefined ? [] : [part('array', form, wanted)]),
      ...(object === undefined ? [] : [part('object', form, wanted)]),
    ];
    const [first, ...more] = each;
    if (first === undefined) return isNullable ? 'z.null()' : 'z.unknown()';
    return more.length > 0 ? `z.union([${each.join(', ')}])` : first;
  }

  /** Writes the arrays or objects of a form: by the name of a constant, or inline. */
  function part(kind: Kind, form: Form, wanted: string): string {
    const origin = form.origins[kind];
    const key = isCombination(origin) ? JSON.stringify(origin) : origin;
    const reference = document.referenceTo(origin);
    const references = reference === undefined ? referencesIn(origin) : [reference];
    if (references.length > 0 || repeated.has(key)) return constant(kind, key, references, form, wanted);
    const places = inPlace[kind];
    if (places.has(key) && (places.get(key) ?? Infinity) > maxRepeatedChars) {
      foundRepeated.add(key);
      return 'z.unknown()';
    }
    places.set(key, undefined);
    const text = written(kind, form, wanted);
    places.set(key, text.length);
    return text;
  }

  /** Returns the name of a schema's constant, which is declared at its first use. */
  function constant(kind: Kind, key: Key, references: readonly string[], form: Form, wanted: string): string {
    const known = constants[kind].get(key);
    if (known !== undefined) {
      if (!inProgress.has(known)) return known;
      lazy.add(known);
      return `z.lazy((): z.ZodType<${kind === 'object' ? typeName(known) : 'unknown'}> => ${known})`;
    }
    const name = uniqueName(
      `${nameOf(references, wanted)}${direction === 'answer' ? 'Model' : 'Body'}`,
      (each) => names.has(each),
    );
    names.add(name);
    constants[kind].set(key, name);
    inProgress.add(name);
    const outside = combined;
    combined = Math.min(outside, references.length > 1 ? outside : 0);
    const origin = form.origins[kind];
    const text = written(kind, formOf(origin, document, direction), name);
    const example = examples ? exampleOf(origin, document, direction) : undefined;
    const isOfKind = typeof example === 'object' && Array.isArray(example) === (kind === 'array');
    declared.push({
      name,
      source: withExample(text, isOfKind ? example : undefined),
      isObject: kind === 'object',
    });
    combined = outside;
    inProgress.delete(name);
    return name;
  }

  const written = (kind: Kind, { items, object }: Form, wanted: string): string =>
    kind === 'object' && object ? objectSource(object) : `z.array(${source(items, wanted)})`;

  function objectSource({ properties, required, rest, isFree }: ObjectForm): string {
    // JSON.parse creates an own member `__proto__`, but an assignment to that name changes the prototype, so
    // copying by assignment would lose the member.
    if (properties.has(prototypeName))
      notes.add(`without the member ${prototypeName}: it would be the prototype of the object`);
    const all = [...properties].filter(([name]) => name !== prototypeName && !isLeftOut(name));
    const inherited = all.map(([name]) => name).filter((name) => name in Object.prototype);
    const members = all.flatMap(([name, member]) => {
      if (inherited.includes(name)) return [];
      const mark = required.has(name) ? '' : '.optional()';
      return [`${literal(name)}: ${source(member, name)}${mark}`];
    });
    for (const name of inherited)
      notes.add(`the member ${name} is kept, but has no type: every object inherits a member of that name`);
    const isLoose = isFree || inherited.length > 0;
    const others = rest === undefined || isLoose ? 'z.unknown()' : source(rest, 'value');
    if (members.length === 0 && (isLoose || rest !== undefined)) return `z.record(z.string(), ${others})`;
    if (isLoose || (rest !== undefined && others === 'z.unknown()'))
      return `z.looseObject({ ${members.join(', ')} })`;
    return `z.object({ ${members.join(', ')} })${rest === undefined ? '' : `.catchall(${others})`}`;
  }

  function of(schema: JsonSchema, wanted = ''): string {
    const before = { declared: declared.length, array: [...constants.array], object: [...constants.object] };
    count = 0;
    try {
      return source(schema, wanted);
    } catch (error) {
      // Removes the declarations of an expression that is not used.
      declared.length = before.declared;
      constants.array = new Map(before.array);
      constants.object = new Map(before.object);
      inProgress.clear();
      combined = 0;
      throw error;
    }
  }

  return {
    of,
    declarations: () => declared.map((each) => ({ ...each, isRecursive: lazy.has(each.name) })),
    hasIntegers: () => hasIntegers,
    notes: () => [...notes],
    repeated: foundRepeated,
  };
}
