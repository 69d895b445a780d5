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
  /** Whether null is told. Default: true. */
  readonly nulls?: boolean;
  /** Names of members that are left out, whatever the document says. Default: none. */
  readonly isLeftOut?: (name: string) => boolean;
  /** Whether examples of the document are carried over: the fake of a service answers them. Default: false. */
  readonly examples?: boolean;
  /** Names that the module has for something else. */
  readonly names: Set<string>;
}

export interface ZodSource {
  /**
   * A schema as a zod expression.
   *
   * @param wanted name of its constant, if it becomes one and has none in the document
   * @throws {Error} when a reference leads nowhere
   */
  of(schema: JsonSchema, wanted?: string): string;
  /** What the expressions so far refer to, in the order in which it has to stand. */
  declarations(): readonly Declaration[];
  /** Whether they refer to the constant `integer`. */
  hasIntegers(): boolean;
  /** What the expressions so far do not have of the document. */
  notes(): readonly string[];
}

/** Of the constant that {@link declarationsOf} declares. */
export const integerName = 'integer';
const integerDeclaration = `/** Also above 2^53, where digits are lost: that costs an id, but not the answer. */
const ${integerName} = z.number().meta({ type: 'integer' });`;

/** The declarations of a module that has expressions of these sources. */
export function declarationsOf(...sources: readonly ZodSource[]): readonly string[] {
  const all = declarationTexts(sources.flatMap((each) => each.declarations()));
  return sources.some((each) => each.hasIntegers()) ? [integerDeclaration, ...all] : all;
}

type Kind = 'array' | 'object';
/** What tells schemas apart: combinations are made anew each time. */
type Key = unknown;

const prototypeName = '__proto__';
/** Deeper than people write; what is below is taken as it is. */
const maxDepth = 40;
/** Combinations of combinations: recursive alternatives have them without end. */
const maxCombined = 2;
/** Of the schemas in one operation. */
const maxCount = 20_000;
/** Repeated rather than named. */
const maxRepeatedChars = 80;

/**
 * Writes schemas as source of zod schemas. A schema that is referred to, or is needed more than once, becomes a constant, and
 * one that contains itself is read lazily. Values of an enum stay open, because a service may add to them, and so do formats:
 * what is checked is what would break a screen.
 *
 * @param schemas those that will be written, to know which parts of them are needed more than once
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
      // It is thrown again when the schema is written.
    }
  return createWriter(document, options, first.repeated);
}

/** @param repeated schemas without a name in the document that become constants */
function createWriter(document: Document, options: ZodSourceOptions, repeated: ReadonlySet<Key>) {
  const { direction, nulls = true, isLeftOut = () => false, examples = false, names } = options;
  const declared: Omit<Declaration, 'isRecursive'>[] = [];
  const constants = { array: new Map<Key, string>(), object: new Map<Key, string>() };
  const inProgress = new Set<string>();
  /** Names of constants that lazy schemas refer to. */
  const lazy = new Set<string>();
  /** Chars of what was written in its place; undefined: it is being written. */
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
    if (++count > maxCount) throw new Error('its schemas are too many');
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

  /** An expression with the example of its schema, or of what that refers to, unless a constant has it. */
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

  /** The arrays or the objects of a form: by the name of a constant, or in place. */
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

  /** The name of a schema's constant, which is declared at the first use. */
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
    // JSON.parse makes an own member of that name, an assignment changes the prototype: no projection keeps it.
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
      notes.add(`the member ${name} is kept, but has no type: every object inherits one`);
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
      // Nothing refers to what was declared for an expression that there is not.
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
