import type { z } from 'zod';

/** The core type of a schema: comparing all methods of `ZodType` costs the compiler much more. */
export type Schema<Output = unknown> = z.core.$ZodType<Output>;

/** Whether null members are sent or left out. */
export type Nulls = 'keep' | 'strip';

/** One version of a contract: the schema of its answer, and the pure mapping from the view to it. */
export interface VersionedAnswer<View = never> {
  readonly schema: z.ZodType;
  readonly of: (view: View) => object;
}

/**
 * The answer of a screen or write: either one schema, by which the view is projected (members that it does
 * not name are dropped), or one schema and mapping per version of a contract.
 */
export interface AnswerForm {
  /** Names the answer in OpenAPI (`ThingAnswer`), in entity tags and in sync tokens. */
  readonly resource: string;
  /** Part of entity tags: a new number invalidates every representation that clients have stored. */
  readonly revision: number;
  /**
   * Path of the answer in the view: `settings`, or `things[0]` for the only item of a list. Empty: the view
   * itself.
   */
  readonly root: string;
  readonly nulls: Nulls;
  readonly answer: z.ZodType | undefined;
  readonly answers: Readonly<Record<string, VersionedAnswer>> | undefined;
}

/** Type of the part of a view at a root. */
export type AtRoot<View, Root extends string> = Root extends ''
  ? View
  : Root extends `${infer List}[0]`
    ? List extends keyof View
      ? View[List] extends readonly (infer Item)[]
        ? Item
        : View[List]
      : never
    : Root extends keyof View
      ? View[Root]
      : never;

/**
 * Type that a view must have so that the answer can be derived from it: readonly, and nullable where nulls
 * are stripped.
 */
type Expected<T, Stripped> = T extends readonly (infer Item)[]
  ? readonly Expected<Item, Stripped>[]
  : T extends object
    ? string extends keyof T
      ? object
      : { readonly [Name in keyof T]: Expected<T[Name], Stripped> | Stripped }
    : T;

/**
 * Type that makes the compiler check the answer's schema: `unknown` when the view gives every member that the
 * schema names; otherwise a type that names the missing member and that no schema fits.
 */
export type GivenBy<View, Answer extends Schema, NullPolicy extends Nulls> =
  View extends Expected<z.output<Answer>, NullPolicy extends 'strip' ? null | undefined : never>
    ? unknown
    : { readonly 'no source gives a member of this form': Expected<z.output<Answer>, never> };

/** Type of a view from which a policy may have removed members. */
export type Visible<T> = T extends readonly (infer Item)[]
  ? readonly Visible<Item>[]
  : T extends object
    ? string extends keyof T
      ? T
      : { readonly [Name in keyof T]?: Visible<T[Name]> }
    : T;
