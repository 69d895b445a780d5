import { isConstraint, type JsonSchema } from './combination.ts';
import { asList, asNode, type Document, type Node } from '../document.ts';
import { anyForm, both, either, kindsOf, Numbers, type Form as Merged, type Origins } from './form.ts';
import { bothMembers, openMembers } from './members.ts';
import { ownForm, relaxed, type Direction } from './own-form.ts';
import { subtypesOf } from './subtypes.ts';

export { anyOf, isCombination, type JsonSchema } from './combination.ts';
export { type Direction } from './own-form.ts';
export type Scalar = 'string' | 'integer' | 'number' | 'boolean';

/** The values that a schema allows, by kind. */
export interface Form {
  /** Whether every value is allowed. */
  readonly isAny: boolean;
  readonly isNullable: boolean;
  readonly scalars: ReadonlySet<Scalar>;
  /** Whether all allowed integers are between -2^53 and 2^53. */
  readonly isSafe: boolean;
  /** Schema of array items; undefined: no array is allowed. */
  readonly items: JsonSchema | undefined;
  readonly object: ObjectForm | undefined;
  /** The document's schemas from which `items` and `object` originate. */
  readonly origins: Origins;
}

export interface ObjectForm {
  readonly properties: ReadonlyMap<string, JsonSchema>;
  readonly required: ReadonlySet<string>;
  /** Schema of additional members; undefined: additional members are dropped. */
  readonly rest: JsonSchema | undefined;
  /** Whether the document names no members. */
  readonly isFree: boolean;
}

/** Returns the form of a schema. @throws {Error} when the target of a reference is missing */
export function formOf(schema: JsonSchema, document: Document, direction: Direction): Form {
  const merged = createReader(document, direction)(schema, []) ?? anyForm;
  const kinds = kindsOf(merged);
  const isAny = kinds.size === anyForm.kinds.size && merged.numbers === Numbers.any;
  const number = merged.numbers === Numbers.any ? 'number' : 'integer';
  const scalars = [
    ...(['string', 'boolean'] as const).filter((kind) => kinds.has(kind)),
    ...(kinds.has('number') ? ([number] as const) : []),
  ];
  const { properties, required, hidden, keeps } = merged.members;
  // Members of the other direction (`writeOnly` in an answer, `readOnly` in a body) may be present anyway, so
  // additional members may have any value.
  const rest = hidden.size > 0 ? true : merged.members.rest;
  const isFree = keeps === 'free';
  return {
    isAny,
    isNullable: merged.isNullable,
    scalars: new Set(isAny ? [] : scalars),
    isSafe: merged.numbers === Numbers.safeInteger,
    items: kinds.has('array') && !isAny ? merged.items : undefined,
    object:
      kinds.has('object') && !isAny
        ? { properties, required, rest: keeps === 'named' ? rest : undefined, isFree }
        : undefined,
    origins: merged.origins,
  };
}

type Reader = (schema: JsonSchema, within: readonly unknown[]) => Merged | undefined;

/**
 * Creates a function that reads schemas. It returns undefined for a schema that allows no value, and for a
 * schema that is a part or alternative of itself, because that adds nothing.
 */
function createReader(document: Document, direction: Direction): Reader {
  const isOpenApi30 = String(document.root['openapi']).startsWith('3.0');

  function read(given: JsonSchema, within: readonly unknown[]): Merged | undefined {
    if (given === false || within.includes(given)) return undefined;
    const form = merged(given, within);
    // A schema that is read as the base of its subtype is not the origin, because only a part of it is used.
    const { array = given, object = isBase(asNode(given), within) ? undefined : given } = form.origins;
    return { ...form, origins: { array, object } };
  }

  /** Returns whether a schema is read as the base of one of its discriminator's subtypes. */
  const isBase = (schema: Node, within: readonly unknown[]) =>
    subtypesOf(schema, document).some(($ref) => within.includes(document.target($ref)));

  function merged(given: JsonSchema, within: readonly unknown[]): Merged {
    const schema = asNode(given);
    const inner = (each: JsonSchema) => read(each, [...within, given]);
    const { $ref } = schema;
    const siblings = typeof $ref === 'string' ? { ...schema, $ref: undefined } : schema;
    const beside = [ownForm(siblings, document, direction), ...partsOf(siblings, inner, within)].reduce(both);
    if (typeof $ref !== 'string') return withUnevaluated(beside, schema);
    // `resolve` rejects circular references. `target` is read next, because it may be a reference with
    // siblings.
    document.resolve({ $ref });
    const target = inner(document.target($ref));
    if (!target) return beside;
    return isOpenApi30 ? both(target, relaxed(beside)) : withUnevaluated(both(target, beside), schema);
  }

  function partsOf(
    schema: Node,
    inner: (schema: JsonSchema) => Merged | undefined,
    within: readonly unknown[],
  ): readonly Merged[] {
    const all = (schemas: readonly JsonSchema[]) => schemas.map(inner).filter((form) => form !== undefined);
    const oneOf = (schemas: readonly JsonSchema[]) =>
      all(schemas).reduce<readonly Merged[]>(([sum], each) => [sum ? either(sum, each) : each], []);
    // The base of a subtype excludes the members of the other subtypes.
    const picked = isBase(schema, within) ? [] : subtypesOf(schema, document).map(($ref) => ({ $ref }));
    const alternatives = (['oneOf', 'anyOf'] as const)
      .map((keyword) => asList(schema[keyword]))
      .filter((each) => each.length > 0);
    const conditions = ['then', 'else']
      .filter((keyword) => schema[keyword] !== undefined)
      .map((keyword) => schema[keyword]);
    return [
      ...all(asList(schema['allOf'])),
      ...alternatives.flatMap((each, index) => oneOf(index === 0 ? [...each, ...picked] : each)),
      ...(alternatives.length === 0 && picked.length > 0 ? oneOf(picked).map(asAddition) : []),
      // Schemas under a condition (`then`, `else`, `dependentSchemas`) only add optional members, because
      // they do not restrict other values.
      ...[...conditions, ...Object.values(asNode(schema['dependentSchemas']))].flatMap((each) =>
        oneOf([each, true]),
      ),
    ];
  }

  return read;
}

/** Returns a form that only adds the members of subtypes, which are optional in the base. */
const asAddition = ({ members }: Merged): Merged => ({
  ...anyForm,
  members: { ...bothMembers({ ...members, required: new Set() }, openMembers), rest: true },
});

/**
 * Returns the form with any additional member allowed if there are `unevaluatedProperties`, because it
 * depends on the value to which members this keyword applies.
 */
const withUnevaluated = (form: Merged, { unevaluatedProperties: others }: Node): Merged =>
  isConstraint(others)
    ? {
        ...form,
        members: { ...form.members, rest: true, keeps: 'named' },
        origins: { ...form.origins, object: undefined },
      }
    : form;
