import type { AnyOperation, InputOf, OutputOf } from '@bff/upstream-clients';
import type { AnySource, Member, NeedsOf, OnlyInputOf, Source, WithOf } from './source.ts';

type PartOf<S extends AnySource> = S extends Source<infer Part> ? Part : never;
/** Type of the items of the lists in a part. */
type ItemOf<Part> = {
  [Name in keyof Part]: Part[Name] extends readonly (infer Item)[] ? Item : never;
}[keyof Part];
/** Names of members that can hold a key. */
type KeysOf<Item> = {
  [Name in keyof Item]-?: Item[Name] extends string | number | null | undefined ? Name : never;
}[keyof Item] &
  string;
/** Accepts any string while `Found` is `unknown`: until TypeScript has inferred `Found`, it has no keys. */
type BatchKeysOf<Found> = unknown extends Found ? string : KeysOf<Found>;
type EnrichedBy<Part, As extends string, Value> = {
  readonly [Name in keyof Part]: Part[Name] extends readonly (infer Item)[]
    ? readonly (Item & { readonly [Name in As]: Value })[]
    : Part[Name];
};
type Enriched<
  Parent extends AnySource,
  O extends AnyOperation,
  As extends string,
  Parameter extends string,
  Value,
  With,
> = Source<EnrichedBy<PartOf<Parent>, As, Value>, Exclude<NeedsOf<O, With>, Parameter>, never>;

interface EachOptions<O extends AnyOperation, As extends string, Parameter extends string, With> {
  /** Member of each item that holds the value. */
  readonly as: As;
  /**
   * Parameter of the operation that receives the key of an item. With `list` it receives all keys of a call,
   * as a repeated parameter.
   */
  readonly parameter: Parameter;
  /** Values of further parameters. A parameter without a value here is taken from the request by its name. */
  readonly with?: With & OnlyInputOf<O, With>;
  /**
   * Time limit of all calls together in milliseconds, measured from the arrival of the list. Default: the
   * remaining time of the screen.
   */
  readonly budgetMs?: number;
  /** Concurrent calls. Default: 8. */
  readonly concurrency?: number;
  readonly versions?: readonly string[];
}
interface ValueOptions<
  O extends AnyOperation,
  As extends string,
  Parameter extends string,
  Fallback,
  With,
> extends EachOptions<O, As, Parameter, With> {
  readonly list?: never;
  readonly take?: never;
  /** Value for items without a key or whose call failed; null is always allowed. */
  readonly fallback: Fallback & NoInfer<OutputOf<O> | null>;
}
interface TakeOptions<
  O extends AnyOperation,
  As extends string,
  Parameter extends string,
  Taken,
  Fallback,
  With,
> extends EachOptions<O, As, Parameter, With> {
  readonly list?: never;
  /** Selects the value of the member from the answer. */
  readonly take: (value: OutputOf<O>) => Taken;
  readonly fallback: Fallback & NoInfer<Taken | null>;
}
interface BatchOptions<
  O extends AnyOperation,
  As extends string,
  Parameter extends string,
  Taken,
  Fallback,
  Found,
  With,
> extends EachOptions<O, As, Parameter, With> {
  /** Selects the list in the answer. */
  readonly list: (value: OutputOf<O>) => readonly Found[];
  /** Member of the list's items that holds their key. */
  readonly by: NoInfer<BatchKeysOf<Found>>;
  /** Selects the value of the member from an item of the answer. Default: the item itself. */
  readonly take?: (item: Found) => Taken;
  readonly fallback: Fallback & NoInfer<Taken | null>;
  /** Keys per call. Default: 100. */
  readonly size?: number;
}

/**
 * Declares a call for each item of another source's list, by a key that the item holds. Keys are deduplicated
 * and calls bounded; an item whose call fails has the fallback while the others are complete. With `list` and
 * `by` all keys go into one call (or several of `size` keys).
 * @example each(things, 'carrier_id', carriers.byId, { parameter: 'id', as: 'carrier', fallback: null })
 */
export function each<
  Parent extends AnySource,
  const Key extends KeysOf<ItemOf<PartOf<Parent>>>,
  O extends AnyOperation,
  const As extends string,
  const Parameter extends keyof InputOf<O> & string,
  Fallback = never,
  const With extends WithOf<O> = object,
>(
  parent: Parent,
  key: Key,
  operation: O,
  options: ValueOptions<O, As, Parameter, Fallback, With>,
): Enriched<Parent, O, As, Parameter, Member<OutputOf<O>, Fallback>, With>;
export function each<
  Parent extends AnySource,
  const Key extends KeysOf<ItemOf<PartOf<Parent>>>,
  O extends AnyOperation,
  const As extends string,
  const Parameter extends keyof InputOf<O> & string,
  Taken,
  Fallback = never,
  const With extends WithOf<O> = object,
>(
  parent: Parent,
  key: Key,
  operation: O,
  options: TakeOptions<O, As, Parameter, Taken, Fallback, With>,
): Enriched<Parent, O, As, Parameter, Member<Taken, Fallback>, With>;
export function each<
  Parent extends AnySource,
  const Key extends KeysOf<ItemOf<PartOf<Parent>>>,
  O extends AnyOperation,
  const As extends string,
  const Parameter extends keyof InputOf<O> & string,
  Found,
  Taken = Found,
  Fallback = never,
  const With extends WithOf<O> = object,
>(
  parent: Parent,
  key: Key,
  operation: O,
  options: BatchOptions<O, As, Parameter, Taken, Fallback, Found, With>,
): Enriched<Parent, O, As, Parameter, Member<Taken, Fallback>, With>;
export function each(
  parent: AnySource,
  key: string,
  operation: AnyOperation,
  options: {
    readonly as: string;
    readonly parameter: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly take?: unknown;
    readonly fallback: unknown;
    readonly list?: unknown;
    readonly by?: string;
    readonly concurrency?: number;
    readonly size?: number;
    readonly budgetMs?: number;
    readonly versions?: readonly string[];
  },
): AnySource {
  const { parameter, list, by = '', concurrency = 8, size = 100 } = options;
  return {
    kind: 'each',
    operation,
    as: options.as,
    members: undefined,
    with: options.with ?? {},
    take: options.take as AnySource['take'],
    next: undefined,
    fallback: options.fallback,
    required: false,
    whenAbsent: 'fallback',
    budgetMs: options.budgetMs,
    validator: false,
    versions: options.versions,
    dependsOn: parent,
    items: {
      key,
      parameter,
      batch: list === undefined ? undefined : { list: list as (value: never) => readonly unknown[], by },
      concurrency,
      size,
    },
  };
}
