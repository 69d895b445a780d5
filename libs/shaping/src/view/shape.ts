import type { Degradation } from '@bff/service-kit';
import type { FieldSelection } from './field-selection.ts';
import { flatten } from './flat-form.ts';
import type { JsonObject, JsonOf } from './json.ts';
import { selectFields } from './select-fields.ts';
import { stripNulls } from './strip-nulls.ts';

type Nulls = 'keep' | 'strip';

export interface ShapeDefinition<View, Out, Kept extends Nulls = Nulls> {
  /** Client family, screen and version, such as `mobile/thing/1`. Two shapes of one name would share ETags. */
  readonly name: string;
  /** `strip` leaves null members out. There is no default: null is not absent, so a shape says what it means. */
  readonly nulls: Kept;
  /** What this client family gets of the composed, tenant-filtered view; `Out` is its contract. */
  readonly of: (view: View) => Out & JsonOf<Out>;
}

/** What the request asks for beyond the screen itself. */
export interface ShapeRequest {
  readonly fields?: FieldSelection;
  /** Dot keys in place of nested objects. */
  readonly flat?: boolean;
}

export interface Shaped {
  readonly view: JsonObject;
  /** What of the shape changes the bytes: goes into `Answer.scope`. */
  readonly scope: readonly string[];
}

/** A screen as one client family sees it. `Out` is what it answers when everything is there and asked for. */
export interface Shape<View, Out = unknown> {
  (view: View, request?: ShapeRequest): Shaped;
  /** For the compiler alone, never set. */
  readonly answers?: Out;
}

/** `_meta` of every answer. */
export interface AnswerMeta {
  /** Without quotes; only of a complete answer that can be asked for again. */
  readonly etag?: string;
  readonly complete: boolean;
  readonly degraded: readonly Degradation[];
}

/**
 * One client's shape of a screen, with the order of the steps fixed: shape, select, strip, flatten. A shape that
 * returns what JSON cannot carry (a `Date`, a `Map`, a function) does not compile.
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
