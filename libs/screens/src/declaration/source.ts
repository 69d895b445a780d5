import type { AnyOperation, InputOf, OutputOf } from '@bff/upstream-clients';

/** The value of a parameter that the path of the request gives, under another name than the operation's. */
export interface PathParameter<Name extends string = string> {
  readonly param: Name;
}
/** @example with: { id: param('thingId') } */
export const param = <const Name extends string>(name: Name): PathParameter<Name> => ({ param: name });

/** One upstream call of a screen: what it takes, which part of the view it gives, and what replaces a lost answer. */
export interface AnySource {
  readonly kind: 'source' | 'each';
  readonly operation: AnyOperation;
  /** Member of the view; undefined: the members of the answer that `fallback` or `members` name. */
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
  /** The source whose value this one's parameters come from. */
  readonly dependsOn: AnySource | undefined;
  /** Of `each`. */
  readonly items: ItemCalls | undefined;
}

/** How `each` calls its operation for the items of a list. */
export interface ItemCalls {
  /** Member of each item that names what is called for. */
  readonly key: string;
  /** Parameter that takes one key, or with `batch` all of them. */
  readonly parameter: string;
  /** The list in a batch's answer, and the member by which its items are matched with the keys. */
  readonly batch: { readonly list: (value: never) => readonly unknown[]; readonly by: string } | undefined;
  readonly concurrency: number;
  /** Keys of one batch. */
  readonly size: number;
}

/**
 * `Part`: the members of the view that it gives; `Needs`: names of the parameters that the request has to give;
 * `Value`: what the upstream answers. The three are for the compiler alone, never set.
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
/** Names that the request must give: the required parameters that `with` does not give, and the path parameters it names. */
export type NeedsOf<O extends AnyOperation, With> =
  (Exclude<RequiredNames<InputOf<O>>, keyof With> & string) | (ParamNames<With> & string);

export interface CommonOptions {
  /** Without an answer (a stale one counts) the screen fails. Default: false. */
  readonly required?: boolean;
  /**
   * `fail`: the upstream's 404 is the screen's 404. `fallback`: it means "none yet", which is complete knowledge. Default:
   * `fallback` where there is one.
   */
  readonly whenAbsent?: 'fail' | 'fallback';
  /** Milliseconds. Default: those of the screen, or two thirds of them when another source depends on this one. */
  readonly budgetMs?: number;
  /** Its entity tag is the version of the whole screen, which `If-Match` of a write names. Default: false. */
  readonly validator?: boolean;
  /** Contract versions that have this source. Default: all. */
  readonly versions?: readonly string[];
}

export type WithOf<O extends AnyOperation> = {
  readonly [Name in keyof InputOf<O>]?: InputOf<O>[Name] | PathParameter;
};

/** Refuses parameters that the operation does not have: a generic type would take them in silence. */
export type OnlyInputOf<O extends AnyOperation, With> = {
  readonly [Name in Exclude<keyof With, keyof InputOf<O>>]: never;
};

/** A member: what is taken of an answer, or null where that is the fallback. */
export type Member<Taken, Fallback> = Taken | Extract<Fallback, null>;

interface ValueOptions<
  O extends AnyOperation,
  As extends string,
  Taken,
  Fallback,
  With,
> extends CommonOptions {
  /** Member of the view that the value becomes. */
  readonly as: As;
  /** Parameters that are not taken from the request by name. */
  readonly with?: With & OnlyInputOf<O, With>;
  /** Shown when nothing better is at hand; null is always possible. May be left out of a required source. */
  readonly fallback?: Fallback & NoInfer<Taken | null>;
}
interface TakeOptions<O extends AnyOperation, As extends string, Taken, Fallback, With> extends ValueOptions<
  O,
  As,
  Taken,
  Fallback,
  With
> {
  /** What of the answer becomes the member. */
  readonly take: (value: OutputOf<O>) => Taken;
}
interface PageOptions<O extends AnyOperation, As extends string, Taken, With> extends TakeOptions<
  O,
  As,
  Taken,
  Taken,
  With
> {
  /** The upstream's cursor of the next page; null or undefined on the last one. */
  readonly next: (value: OutputOf<O>) => string | null | undefined;
}
interface MembersOptions<
  O extends AnyOperation,
  Names extends keyof OutputOf<O>,
  With,
> extends CommonOptions {
  readonly as?: never;
  readonly with?: With & OnlyInputOf<O, With>;
  /** Members of the answer that stand at the root of the view, with what is shown when nothing better is at hand. */
  readonly fallback?: Pick<OutputOf<O>, Names>;
  /** The same without a fallback, for a required source. */
  readonly members?: readonly Names[];
}

/**
 * Declares one upstream call of a screen. Parameters of the operation are taken from the request by name: `userId`, the
 * parameters of the path, `limit` and `cursor` of a page.
 *
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
 * Declares the list of a screen that is read page by page: `limit` and `cursor` come from the request, and the view has
 * `next_cursor` beside the list, sealed for this tenant, user and screen.
 *
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

/** Fills in the defaults of a declaration. */
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
