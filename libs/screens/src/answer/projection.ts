import type { Json } from '@bff/shaping';
import type { BlockedPlace } from '@bff/tenancy';
import { z } from 'zod';
import { alternativesOf, isOpen, merged, unwrapped } from './schema-parts.ts';

/**
 * Returns the members of a value that the schema names. Code that accepts an undefined projection treats it
 * as one that leaves every value unchanged.
 */
export type Projection = (value: Json) => Json;

interface Member {
  readonly name: string;
  readonly project: Projection | undefined;
  /**
   * Whether every object inherits a member of this name, such as `toString`: only an own member may be read.
   */
  readonly isInherited: boolean;
}

/**
 * Schema types without members. Every other unknown type is rejected, because it would pass members that no
 * schema names.
 */
const leaves: ReadonlySet<string> = new Set([
  'string',
  'number',
  'boolean',
  'null',
  'undefined',
  'never',
  'literal',
  'enum',
  'template_literal',
  'any',
  'unknown',
  'custom',
]);

const passesAll: ReadonlySet<string> = new Set(['any', 'unknown', 'custom']);

/**
 * Compiles a schema to a projection, which drops the members that the schema does not name, at every depth,
 * and returns the others in the sequence of the schema. Schemas may refer to themselves.
 * @throws {TypeError} when a member is named `__proto__`, or when a schema is a transformation or an
 * intersection, because a projection does not parse
 */
export function compileProjection(schema: z.ZodType): Projection | undefined {
  return new Compiler().compile(schema);
}

/**
 * Compiles a schema and the members that a policy blocks at a place of the view to one function. The function
 * returns what the policy followed by the projection would return, but visits the value only once. For an
 * object whose schema names all its members, blocked members are left out at compile time.
 */
export function compileVisibleProjection(schema: z.ZodType, place: BlockedPlace): Projection {
  return new Compiler().compileAt(schema, place);
}

class Compiler {
  /** Includes projections that are still being compiled, for schemas that refer to themselves. */
  readonly #known = new Map<z.ZodType, Projection>();

  compile(schema: z.ZodType): Projection | undefined {
    const known = this.#known.get(schema);
    if (known) return known;
    if (schema instanceof z.ZodObject) return this.#object(schema);
    if (schema instanceof z.ZodArray) {
      const item = this.compile(schema.element as z.ZodType);
      return item && ((value) => (isArray(value) ? withItems(value, item) : value));
    }
    if (schema instanceof z.ZodTuple) return this.#tuple(schema);
    if (schema instanceof z.ZodRecord) return this.#record(schema);
    if (schema instanceof z.ZodUnion) return this.#union(schema);
    if (schema instanceof z.ZodLazy) return this.#lazy(schema);
    const inner = unwrapped(schema);
    if (inner) return this.compile(inner);
    if (leaves.has(schema.def.type)) return undefined;
    throw new TypeError(
      `an answer is projected, not parsed: it cannot have a schema of type "${schema.def.type}"`,
    );
  }

  /**
   * Applies the policy at run time, instead of at compile time, to a value whose schema is neither an array
   * nor an object with all members named, or refers to itself.
   */
  compileAt(schema: z.ZodType, place: BlockedPlace, above: readonly z.ZodType[] = []): Projection {
    const inner = unwrapped(schema);
    if (inner) return this.compileAt(inner, place, above);
    if (schema instanceof z.ZodArray && !above.includes(schema)) {
      const item = this.compileAt(schema.element as z.ZodType, place.item(), [...above, schema]);
      return (value) => (isArray(value) ? withItems(value, item) : shownAt(place, value));
    }
    if (schema instanceof z.ZodObject && !isOpen(schema) && !above.includes(schema)) {
      // Called only for its errors: it throws for a schema that cannot be projected.
      this.compile(schema);
      const members: Member[] = [];
      for (const [name, member] of Object.entries(schema.shape)) {
        const at = place.member(name);
        if (!at) continue;
        const project = this.compileAt(member as z.ZodType, at, [...above, schema]);
        members.push({ name, project, isInherited: name in Object.prototype });
      }
      const project = projectionOf(members, false);
      return (value) => (isObject(value) ? project(value) : shownAt(place, value));
    }
    const project = this.compile(schema);
    return (value) => {
      // Most members are scalars, in which a policy cannot hide anything, so it need not be applied.
      if (value === null || typeof value !== 'object') return value;
      const seen = shownAt(place, value);
      return project ? project(seen) : seen;
    };
  }

  #object(schema: z.ZodObject): Projection {
    const members: Member[] = [];
    const project = projectionOf(members, isOpen(schema));
    this.#known.set(schema, project);
    for (const [name, member] of Object.entries(schema.shape)) {
      if (name === '__proto__') throw new TypeError('"__proto__" is not the name of a member');
      const isInherited = name in Object.prototype;
      members.push({ name, project: this.compile(member as z.ZodType), isInherited });
    }
    return project;
  }

  #tuple({ def }: z.ZodTuple): Projection {
    const items = def.items.map((item) => this.compile(item as z.ZodType));
    const rest = def.rest ? this.compile(def.rest as z.ZodType) : undefined;
    return (value) =>
      isArray(value) ? value.map((item, index) => (items[index] ?? rest)?.(item) ?? item) : value;
  }

  #record({ valueType }: z.ZodRecord): Projection | undefined {
    const project = this.compile(valueType as z.ZodType);
    return (
      project &&
      ((value) =>
        isObject(value)
          ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, project(member)]))
          : value)
    );
  }

  #lazy(schema: z.ZodLazy): Projection {
    const inner: { project?: Projection | undefined } = {};
    const project: Projection = (value) => (inner.project ? inner.project(value) : value);
    this.#known.set(schema, project);
    inner.project = this.compile(schema.unwrap() as z.ZodType);
    return project;
  }

  #union(schema: z.ZodUnion): Projection | undefined {
    const alternatives = alternativesOf(schema);
    if (alternatives.some(({ def }) => passesAll.has(def.type))) return undefined;
    const parts = merged(alternatives);
    const arrays = parts.filter((part) => part instanceof z.ZodArray || part instanceof z.ZodTuple);
    const objects = parts.filter((part) => part instanceof z.ZodObject || part instanceof z.ZodRecord);
    if (arrays.length > 1 || objects.length > 1)
      throw new TypeError(
        'a union in an answer cannot have a record beside objects, or a tuple beside arrays',
      );
    const [ofArrays] = arrays.map((part) => this.compile(part));
    const [ofObjects] = objects.map((part) => this.compile(part));
    for (const part of parts) this.compile(part);
    if (!ofArrays && !ofObjects) return undefined;
    return (value) => (isArray(value) ? ofArrays : isObject(value) ? ofObjects : undefined)?.(value) ?? value;
  }
}

function projectionOf(members: readonly Member[], open: boolean): Projection {
  return function project(value) {
    if (!isObject(value)) return value;
    const form = formOf(value, members);
    if (form === 'flat') return value;
    const isExact = form === 'exact';
    let copy: Record<string, Json> | undefined;
    if (!isExact) copy = open ? { ...(value as Record<string, Json>) } : {};
    for (let index = 0; index < members.length; index++) {
      const { name, project: projectMember, isInherited } = members[index] as Member;
      if (isExact && !projectMember) continue;
      const member = isInherited && !Object.hasOwn(value, name) ? undefined : value[name];
      if (member === undefined) continue;
      const projected = projectMember ? projectMember(member) : member;
      if (!isExact || projected !== member)
        (copy ??= { ...(value as Record<string, Json>) })[name] = projected;
    }
    return copy ?? value;
  };
}

/** Returns the array itself unless an item changes, so that its cached JSON text can be reused. */
function withItems(items: readonly Json[], project: Projection): readonly Json[] {
  let copy: Json[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const before = items[index] as Json;
    const after = project(before);
    if (after === before) continue;
    copy ??= items.slice();
    copy[index] = after;
  }
  return copy ?? items;
}

/** Returns the part of a value that the policy shows at a place; an empty object when it shows none. */
function shownAt(place: BlockedPlace, value: Json): Json {
  const seen = place.shown(value);
  return seen === undefined ? {} : seen;
}

/**
 * Compares a value with the members of its schema. `exact`: it has only these, in this sequence, and none is
 * undefined, so it is copied only if a member changes. `flat`: none of them is an object or an array either,
 * so a projection changes nothing.
 */
function formOf(
  value: Readonly<Record<string, Json>>,
  members: readonly Member[],
): 'flat' | 'exact' | 'other' {
  let form: 'flat' | 'exact' = 'flat';
  let index = 0;
  for (const name in value) {
    while (index < members.length && members[index]?.name !== name) index++;
    const member = value[name];
    if (index++ === members.length || member === undefined) return 'other';
    if (typeof member === 'object' && member !== null) form = 'exact';
  }
  return form;
}

const isArray: (value: Json) => value is readonly Json[] = Array.isArray;
const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  value !== null && typeof value === 'object' && !isArray(value);
