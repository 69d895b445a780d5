import { type Document } from '../openapi/document.ts';
import { exampleOf } from '../openapi/examples.ts';
import { formOf, isCombination, type Direction, type Form, type JsonSchema, type ObjectForm } from '../openapi/schema/json-schema.ts'; // prettier-ignore
import { literal } from './literal.ts';
import { uniqueName } from './names.ts';
import { nameOf, onlyPart, referencesIn } from './schema-parts.ts';

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
  /** A schema as a zod expression. @throws {Error} when a reference leads nowhere */
  of(schema: JsonSchema): string;
  /** The declarations that the expressions so far refer to, in the order in which they have to stand. */
  declarations(): readonly string[];
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
  const all = sources.flatMap((each) => each.declarations());
  return sources.some((each) => each.hasIntegers()) ? [integerDeclaration, ...all] : all;
}

/** Thrown at a schema that contains itself and has no name. */
class Recursion extends Error {
  readonly schema: unknown;
  constructor(schema: unknown) {
    super();
    this.schema = schema;
  }
}

const prototypeName = '__proto__';
/** Deeper than people write; what is below is taken as it is. */
const maxDepth = 40;
/** Combinations of combinations: recursive alternatives have them without end. */
const maxCombined = 2;
/** Of the schemas in one operation. */
const maxCount = 20_000;

/**
 * Writes schemas as source of zod schemas. A schema that is referred to becomes a constant, and one that contains itself is
 * read lazily. Values of an enum stay open, because a service may add to them, and so do formats: what is checked is what
 * would break a screen.
 */
export function createZodSource(document: Document, options: ZodSourceOptions): ZodSource {
  const { direction, nulls = true, isLeftOut = () => false, examples = false, names } = options;
  const declared: string[] = [];
  /** By reference or combination. */
  const constants = new Map<string, string>();
  const inProgress = new Set<string>();
  /** Schemas without a name of their own that turned out to contain themselves: they become constants. */
  const recursive = new Set<unknown>();
  const open = new Set<unknown>();
  const notes = new Set<string>();
  let hasIntegers = false;
  let depth = 0;
  let combined = 0;
  let count = 0;

  const nullable = (source: string, isNullable: boolean) =>
    isNullable && nulls && source !== 'z.unknown()' ? `${source}.nullable()` : source;

  function source(schema: JsonSchema): string {
    const isCombined = isCombination(schema);
    if (depth > maxDepth || (isCombined && combined > maxCombined)) return 'z.unknown()';
    if (++count > maxCount) throw new Error('its schemas are too many');
    depth += 1;
    if (isCombined) combined += 1;
    try {
      const only = onlyPart(schema);
      if (only) return exemplified(nullable(source(only.part).replace(/\.nullable\(\)$/, ''), only.isNullable || isNullableAt(only.part)), schema); // prettier-ignore
      const form = formOf(schema, document, direction);
      const isDeep = form.object !== undefined || form.items !== undefined;
      const references = isDeep ? referencesIn(schema) : [];
      const text = isDeep && (references.length > 0 || isCombined) ? JSON.stringify(schema) : schema;
      if (references.length > 0 || recursive.has(text))
        return nullable(constant(typeof text === 'string' ? text : JSON.stringify(text), references, form), form.isNullable); // prettier-ignore
      if (isDeep && open.has(text)) throw new Recursion(text);
      open.add(text);
      const inline = nullable(kinds(form), form.isNullable);
      open.delete(text);
      return exemplified(inline, schema);
    } finally {
      depth -= 1;
      if (isCombined) combined -= 1;
    }
  }

  function exemplified(source: string, schema: JsonSchema): string {
    const example = examples ? exampleOf(schema, document, direction) : undefined;
    return example === undefined ? source : `${source}.meta({ example: ${literal(example as object)} })`;
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
    const outside = combined;
    combined = Math.min(outside, references.length > 1 ? outside : 0);
    const [only] = references.length === 1 ? references : [];
    const target = only === undefined ? undefined : document.target(only);
    declared.push(`const ${name} = ${exemplified(kinds(form), target)};`);
    combined = outside;
    inProgress.delete(key);
    return name;
  }

  function kinds({ isAny, isNullable, scalars, isSafe, items, object }: Form): string {
    if (isAny) return 'z.unknown()';
    const has = scalars.has.bind(scalars);
    if (has('integer') && !isSafe) hasIntegers = true;
    const each = [
      ...(has('string') ? ['z.string()'] : []),
      ...(has('number') ? ['z.number()'] : has('integer') ? [isSafe ? 'z.int()' : integerName] : []),
      ...(has('boolean') ? ['z.boolean()'] : []),
      ...(items === undefined ? [] : [`z.array(${source(items)})`]),
      ...(object ? [objectSource(object)] : []),
    ];
    const [first, ...more] = each;
    if (first === undefined) return isNullable ? 'z.null()' : 'z.unknown()';
    return more.length > 0 ? `z.union([${each.join(', ')}])` : first;
  }

  function objectSource({ properties, required, rest, isFree }: ObjectForm): string {
    // JSON.parse makes an own member of that name, an assignment changes the prototype: no projection keeps it.
    if (properties.has(prototypeName)) notes.add(`without the member ${prototypeName}: it would be the prototype of the object`); // prettier-ignore
    const all = [...properties].filter(([name]) => name !== prototypeName && !isLeftOut(name));
    const inherited = all.map(([name]) => name).filter((name) => name in Object.prototype);
    const members = all.flatMap(([name, member]) => {
      if (inherited.includes(name)) return [];
      const mark = required.has(name) ? '' : '.optional()';
      return [`${literal(name)}: ${source(member)}${mark}`];
    });
    for (const name of inherited)
      notes.add(`the member ${name} is kept, but has no type: every object inherits one`);
    const isLoose = isFree || inherited.length > 0;
    const others = rest === undefined || isLoose ? 'z.unknown()' : source(rest);
    if (members.length === 0 && (isLoose || rest !== undefined)) return `z.record(z.string(), ${others})`;
    if (isLoose || (rest !== undefined && others === 'z.unknown()'))
      return `z.looseObject({ ${members.join(', ')} })`;
    return `z.object({ ${members.join(', ')} })${rest === undefined ? '' : `.catchall(${others})`}`;
  }

  function of(schema: JsonSchema): string {
    const before = { declared: declared.length, constants: [...constants] };
    count = 0;
    try {
      return source(schema);
    } catch (error) {
      // Nothing refers to what was declared for an expression that there is not.
      declared.length = before.declared;
      constants.clear();
      inProgress.clear();
      open.clear();
      combined = 0;
      for (const [key, name] of before.constants) constants.set(key, name);
      if (!(error instanceof Recursion)) throw error;
      recursive.add(error.schema);
      return of(schema);
    }
  }

  return { of, declarations: () => declared, hasIntegers: () => hasIntegers, notes: () => [...notes] };
}
