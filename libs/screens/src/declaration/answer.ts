import type { z } from 'zod';

/** The core of a schema: to compare all methods of a `ZodType` costs the compiler much more. */
export type Schema<Output = unknown> = z.core.$ZodType<Output>;

/** Whether null members are sent or left out. */
export type Nulls = 'keep' | 'strip';

/** One version of a contract: the schema of its answer, and the pure mapping of the view that keeps to it. */
export interface VersionedAnswer<View = never> {
  readonly schema: z.ZodType;
  readonly of: (view: View) => object;
}

/**
 * What a screen or write answers: either one schema, by which the view is projected (members that it does not name are
 * dropped), or one schema and mapping for each version of a contract.
 */
export interface AnswerForm {
  /** Names the answer in OpenAPI (`ThingAnswer`), in entity tags and in sync tokens. */
  readonly resource: string;
  /** Part of entity tags: another number makes every copy that a client has another version. */
  readonly revision: number;
  /** Where in the view the answer stands: `settings`, or `things[0]` for the only item of a list. Empty: the view itself. */
  readonly root: string;
  readonly nulls: Nulls;
  readonly answer: z.ZodType | undefined;
  readonly answers: Readonly<Record<string, VersionedAnswer>> | undefined;
}

/** The part of a view that stands at a root. */
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

/** What a view has to fit, so that the answer can be made of it: readonly, and with nulls where those are stripped. */
type Expected<T, Stripped> = T extends readonly (infer Item)[]
  ? readonly Expected<Item, Stripped>[]
  : T extends object
    ? string extends keyof T
      ? object
      : { readonly [Name in keyof T]: Expected<T[Name], Stripped> | Stripped }
    : T;

/** `unknown` when the view gives every member that the answer names; else a type that nothing fits, which names it. */
export type GivenBy<View, Answer extends Schema, NullPolicy extends Nulls> =
  View extends Expected<z.output<Answer>, NullPolicy extends 'strip' ? null | undefined : never>
    ? unknown
    : { readonly 'no source gives a member of this form': Expected<z.output<Answer>, never> };

/** What is left of a view when a policy took members from it. */
export type Visible<T> = T extends readonly (infer Item)[]
  ? readonly Visible<Item>[]
  : T extends object
    ? string extends keyof T
      ? T
      : { readonly [Name in keyof T]?: Visible<T[Name]> }
    : T;
