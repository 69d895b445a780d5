import { defineShape, validateResponse, type Json, type JsonObject, type Shape } from '@bff/shaping';
import type { z } from 'zod';
import type { AnswerForm, VersionedAnswer } from '../declaration/answer.ts';
import { partialSchema } from './partial-schema.ts';
import type { FieldPolicy } from '@bff/tenancy';
import { compileProjection, compileVisibleProjection, type Projection } from './projection.ts';

export interface ShapeOptions {
  /** Client family; first part of the shape's name. */
  readonly family: string;
  /** Version of the contract; undefined for an answer that has only one form. */
  readonly version?: string | undefined;
  /** Validates every answer by its schema; a violation then fails the request. */
  readonly verify: boolean;
  /** Whether views were already filtered and projected by {@link compileVisible}. Default: false. */
  readonly isProjected?: boolean;
}

/**
 * Compiles the shape of a form: the function from a view to its answer.
 * @throws {TypeError} when the form has no answer of this version, or one that cannot be projected
 */
export function compileShape(
  form: AnswerForm,
  { family, version, verify, isProjected = false }: ShapeOptions,
): Shape<JsonObject> {
  const { resource, nulls, revision } = form;
  const versioned = version === undefined ? undefined : form.answers?.[version];
  const schema = versioned?.schema ?? form.answer;
  if (schema === undefined) throw new TypeError(`"${resource}" has no answer of version ${version ?? 'one'}`);
  const shape = defineShape<JsonObject, JsonObject>({
    name: `${family}/${resource}/${version ?? revision}`,
    nulls,
    of: isProjected ? asItIs : versioned ? mapped(resource, versioned, verify) : projected(form),
  });
  return verify ? validateResponse(shape, partialSchema(schema)) : shape;
}

const asItIs = (view: JsonObject): JsonObject => view;

/** Returns the members of a view that the tenant may see and that the answer's schema names. */
export type VisibleView = (view: JsonObject) => JsonObject;

/**
 * Returns a function that compiles a tenant's policy and the answer's projection to one function, once for
 * each policy, when it is first used. The returned function returns undefined if the two must be applied
 * separately: for a policy that has an allowlist or hides nothing, and for an answer that is not a projection
 * of the complete view.
 */
export function compileVisible(
  { root, answer }: AnswerForm,
  version?: string,
): (policy: FieldPolicy) => VisibleView | undefined {
  if (answer === undefined || version !== undefined || root !== '') return () => undefined;
  const compiled = new WeakMap<FieldPolicy, VisibleView>();
  return function visibleUnder(policy) {
    if (policy.blocks === undefined) return undefined;
    const known = compiled.get(policy);
    if (known) return known;
    const made = compileVisibleProjection(answer, policy.blocks) as VisibleView;
    compiled.set(policy, made);
    return made;
  };
}

/**
 * Enforces the schema on the result of a mapping: throws where answers are verified, otherwise drops the
 * members that the schema does not name.
 */
function mapped(
  resource: string,
  { schema, of }: VersionedAnswer,
  verify: boolean,
): (view: JsonObject) => JsonObject {
  const map = of as (view: JsonObject) => JsonObject;
  // Compiled always, so that a schema that production would reject is rejected everywhere.
  const project = projectionOf(resource, schema);
  return verify || !project ? map : (view) => project(map(view)) as JsonObject;
}

function projected({ resource, root, answer }: AnswerForm): (view: JsonObject) => JsonObject {
  const at = atRoot(root);
  const project = answer && projectionOf(resource, answer);
  return (view) => {
    const value = at(view) ?? {};
    return (project ? project(value) : value) as JsonObject;
  };
}

/**
 * Compiles the projection of a resource.
 * @throws {TypeError} with the name of the resource
 */
function projectionOf(resource: string, schema: z.ZodType): Projection | undefined {
  try {
    return compileProjection(schema);
  } catch (error) {
    throw new TypeError(`"${resource}": ${(error as Error).message}`, { cause: error });
  }
}

/** Returns a function that reads the value at a root of a view; undefined when a policy removed the value. */
export function atRoot(root: string): (view: JsonObject) => Json | undefined {
  if (root === '') return (view) => view;
  const list = /^(.+)\[0\]$/.exec(root)?.[1];
  if (list === undefined) return (view) => view[root];
  return (view) => (view[list] as readonly Json[] | undefined)?.[0];
}

/** Returns a view that has the value at this root. */
export function viewAt(root: string, value: Json): JsonObject {
  if (root === '') return value as JsonObject;
  const list = /^(.+)\[0\]$/.exec(root)?.[1];
  return list === undefined ? { [root]: value } : { [list]: [value] };
}
