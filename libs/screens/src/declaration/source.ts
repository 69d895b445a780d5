import type { AnyOperation, InputOf, OutputOf } from '@bff/upstream-clients';

/** A parameter of the operation whose value is a path parameter of the request with another name. */
export interface PathParameter<Name extends string = string> {
  readonly param: Name;
}
/**
 * References a path parameter of the request.
 * @example with: { id: param('thingId') }
 */
export const param = <const Name extends string>(name: Name): PathParameter<Name> => ({ param: name });

/** One upstream call of a screen: its parameters, its part of the view, and its fallback. */
export interface AnySource {
  readonly kind: 'source' | 'each';
  readonly operation: AnyOperation;
  /**
   * Member of the view that holds the value. Undefined: the members of the answer that `fallback` or
   * `members` name are placed at the root of the view.
   */
  readonly as: string | undefined;
  readonly members: readonly string[] | undefined;
  readonly with: Readonly<Record<string, unknown>> | ((parent: never) => object | undefined);
  readonly take: ((value: never) => unknown) | undefined;
  readonly next: ((value: never) => string | null | undefined) | undefined;
  readonly fallback: unknown;
  readonly required: boolean;
  readonly whenAbsent: 'fail' | 'fallback';
  readonly budgetMs: number | undefined;
  readonly validator: boolean;
  readonly versions: readonly string[] | undefined;
  /** The source from whose answer the parameters of this source are taken. */
  readonly dependsOn: AnySource | undefined;
  /** Calls for the items of a list; set only for a source that `each` declares. */
  readonly items: ItemCalls | undefined;
}

/** How `each` calls its operation for the items of a list. */
export interface ItemCalls {
  /** Member of each item that holds the key. */
  readonly key: string;
  /** Parameter that takes one key, or with `batch` all keys. */
  readonly parameter: string;
  /** The list in a batch's answer, and the member by which its items are matched with the keys. */
  readonly batch: { readonly list: (value: never) => readonly unknown[]; readonly by: string } | undefined;
  readonly concurrency: number;
  /** Keys per batch. */
  readonly size: number;
}

/**
 * A declared source. `Part`: the members that it gives to the view; `Needs`: names of the parameters that the
 * request must give; `Value`: the answer of the upstream. For type inference only, never set.
 */
export interface Source<
  Part extends object = object,
  Needs extends string = string,
  Value = unknown,
> extends AnySource {
  readonly part?: Part;
  readonly needs?: Needs;
  readonly value?: Value;
}

type RequiredNames<Input> = {
  [Name in keyof Input]-?: undefined extends Input[Name] ? never : Name;
}[keyof Input];
type ParamNames<With> = {
  [Name in keyof With]: With[Name] extends PathParameter<infer Of> ? Of : never;
}[keyof With];
/**
 * Names of the parameters that the request must give: required parameters without a value in `with`, and the
 * path parameters that `with` refers to.
 */
export type NeedsOf<O extends AnyOperation, With> =
  (Exclude<RequiredNames<InputOf<O>>, keyof With> & string) | (ParamNames<With> & string);

export interface CommonOptions {
  /** Fails the screen when there is no answer, fresh or stale. Default: false. */
  readonly required?: boolean;
  /**
   * `fail`: a 404 of the upstream is a 404 of the screen. `fallback`: a 404 means "none yet" and does not
   * degrade the answer. Default: `fallback` if there is one.
   */
  readonly whenAbsent?: 'fail' | 'fallback';
  /**
   * Milliseconds for the call. Default: the screen's budget, or two thirds of it for a source with
   * dependents.
   */
  readonly budgetMs?: number;
  /** Makes the source's entity tag the validator of the screen, for `If-Match` of a write. Default: false. */
  readonly validator?: boolean;
  /** Contract versions that include this source. Default: all. */
  readonly versions?: readonly string[];
}

export type WithOf<O extends AnyOperation> = {
  readonly [Name in keyof InputOf<O>]?: InputOf<O>[Name] | PathParameter;
};

/** Rejects parameters that the operation does not have, which a generic type would silently accept. */
export type OnlyInputOf<O extends AnyOperation, With> = {
  readonly [Name in Exclude<keyof With, keyof InputOf<O>>]: never;
};

/** Type of a member: the selected value, or null if that is the fallback. */
export type Member<Taken, Fallback> = Taken | Extract<Fallback, null>;

interface ValueOptions<
  O extends AnyOperation,
  As extends string,
  Taken,
  Fallback,
  With,
> extends CommonOptions {
  /** Member of the view that holds the value. */
  readonly as: As;
  /** Parameters that are not taken from the request by name. */
  readonly with?: With & OnlyInputOf<O, With>;
  /**
   * Used when there is no answer, stale answer or tenant's default; null is always allowed. Optional for a
   * required source.
   */
  readonly fallback?: Fallback & NoInfer<Taken | null>;
}
interface TakeOptions<O extends AnyOperation, As extends string, Taken, Fallback, With> extends ValueOptions<
  O,
  As,
  Taken,
  Fallback,
  With
> {
  /** Selects the value of the member from the answer. */
  readonly take: (value: OutputOf<O>) => Taken;
}
interface PageOptions<O extends AnyOperation, As extends string, Taken, With> extends TakeOptions<
  O,
  As,
  Taken,
  Taken,
  With
> {
  /** Returns the upstream's cursor of the next page; null or undefined on the last one. */
  readonly next: (value: OutputOf<O>) => string | null | undefined;
}
interface MembersOptions<
  O extends AnyOperation,
  Names extends keyof OutputOf<O>,
  With,
> extends CommonOptions {
  readonly as?: never;
  readonly with?: With & OnlyInputOf<O, With>;
  /** Members of the answer that are placed at the root of the view, with their fallbacks. */
  readonly fallback?: Pick<OutputOf<O>, Names>;
  /** Members of the answer that are placed at the root, without fallbacks; for a required source. */
  readonly members?: readonly Names[];
}

/**
 * Declares one upstream call of a screen. Parameters of the operation are taken from the request by name:
 * `userId`, path parameters, and `limit` and `cursor` of a page.
 * @example source(things.recent, { with: { limit: 5 }, as: 'things', take: ({ items }) => items, fallback: [] })
 */
export function source<
  O extends AnyOperation,
  As extends string,
  Taken,
  Fallback = never,
  const With extends WithOf<O> = object,
>(
  operation: O,
  options: TakeOptions<O, As, Taken, Fallback, With>,
): Source<{ readonly [Name in As]: Member<Taken, Fallback> }, NeedsOf<O, With>, OutputOf<O>>;
export function source<
  O extends AnyOperation,
  As extends string,
  Fallback = never,
  const With extends WithOf<O> = object,
>(
  operation: O,
  options: ValueOptions<O, As, OutputOf<O>, Fallback, With> & { readonly take?: never },
): Source<{ readonly [Name in As]: Member<OutputOf<O>, Fallback> }, NeedsOf<O, With>, OutputOf<O>>;
export function source<
  O extends AnyOperation,
  const Names extends keyof OutputOf<O>,
  const With extends WithOf<O> = object,
>(
  operation: O,
  options: MembersOptions<O, Names, With>,
): Source<Pick<OutputOf<O>, Names>, NeedsOf<O, With>, OutputOf<O>>;
export function source(operation: AnyOperation, options: Partial<AnySource>): AnySource {
  return complete(operation, options);
}

export type ValueOf<S extends AnySource> = S extends Source<object, string, infer Value> ? Value : never;

/**
 * Declares a paginated list: `limit` and `cursor` come from the request, and the view has `next_cursor`
 * beside the list, sealed for this tenant, user and screen.
 * @example page(things.recent, { as: 'things', take: ({ items }) => items, next: ({ next_cursor }) => next_cursor, required: true })
 */
export function page<O extends AnyOperation, As extends string, Taken, const With extends WithOf<O> = object>(
  operation: O,
  options: PageOptions<O, As, Taken, With>,
): Source<
  { readonly [Name in As]: Taken } & { readonly next_cursor: string | null },
  Exclude<NeedsOf<O, With>, 'limit' | 'cursor'>,
  OutputOf<O>
> {
  return complete(operation, options as Partial<AnySource>) as never;
}

/** Completes a declaration with the defaults. */
export function complete(operation: AnyOperation, options: Partial<AnySource>): AnySource {
  const { fallback, as, members } = options;
  return {
    kind: 'source',
    operation,
    as,
    members: as === undefined ? (members ?? Object.keys((fallback as object | undefined) ?? {})) : undefined,
    with: options.with ?? {},
    take: options.take,
    next: options.next,
    fallback,
    required: options.required ?? false,
    whenAbsent: options.whenAbsent ?? (fallback === undefined ? 'fail' : 'fallback'),
    budgetMs: options.budgetMs,
    validator: options.validator ?? false,
    versions: options.versions,
    dependsOn: options.dependsOn,
    items: undefined,
  };
}
