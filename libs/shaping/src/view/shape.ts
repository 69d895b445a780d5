import type { Degradation } from '@bff/service-kit';
import type { FieldSelection } from './field-selection.ts';
import { flatten } from './flat-form.ts';
import type { JsonObject, JsonOf } from './json.ts';
import { selectFields } from './select-fields.ts';
import { stripNulls } from './strip-nulls.ts';

type Nulls = 'keep' | 'strip';

export interface ShapeDefinition<View, Out, Kept extends Nulls = Nulls> {
  /**
   * Client family, screen and version, such as `mobile/thing/1`. Must be unique: shapes with one name would
   * share ETags.
   */
  readonly name: string;
  /** `strip` removes null members. Required, because null and absent differ in a contract. */
  readonly nulls: Kept;
  /** Maps the composed, tenant-filtered view to the contract `Out` of this client family. */
  readonly of: (view: View) => Out & JsonOf<Out>;
}

/** Options of a request for a screen. */
export interface ShapeRequest {
  readonly fields?: FieldSelection;
  /** Whether the answer has dotted keys instead of nested objects. */
  readonly flat?: boolean;
}

export interface Shaped {
  readonly view: JsonObject;
  /** Everything in the shape that changes the bytes; part of `Answer.scope`. */
  readonly scope: readonly string[];
}

/** A screen in the form of one client family. `Out` is its complete answer. */
export interface Shape<View, Out = unknown> {
  (view: View, request?: ShapeRequest): Shaped;
  /** For type inference only, never set. */
  readonly answers?: Out;
}

/** `_meta` of every answer. */
export interface AnswerMeta {
  /** Entity tag without quotes; only in complete answers to reads. */
  readonly etag?: string;
  readonly complete: boolean;
  readonly degraded: readonly Degradation[];
}

/**
 * Declares one client's shape of a screen, with fixed steps: shape, select, strip, flatten. A shape whose
 * result JSON cannot represent (a `Date`, a `Map`, a function) does not compile.
 */
export function defineShape<View, Out, Kept extends Nulls = Nulls>(
  definition: ShapeDefinition<View, Out, Kept>,
): Shape<View, Kept extends 'strip' ? WithoutNulls<Out> : Out> {
  const { name, nulls, of } = definition;
  return function shape(view, { fields, flat = false } = {}) {
    let shaped = of(view) as JsonObject;
    if (fields) shaped = selectFields(shaped, fields) as JsonObject;
    if (nulls === 'strip') shaped = stripNulls(shaped) as JsonObject;
    return {
      view: flat ? flatten(shaped) : shaped,
      scope: [name, fields?.canonical ?? '', flat ? 'flat' : 'nested'],
    };
  };
}

type WithoutNulls<T> = T extends readonly (infer Item)[]
  ? readonly WithoutNulls<Item>[]
  : T extends object
    ? { readonly [Member in keyof T]: WithoutNulls<Exclude<T[Member], null>> }
    : T;
