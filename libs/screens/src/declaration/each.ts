import type { AnyOperation, InputOf, OutputOf } from '@bff/upstream-clients';
import type { AnySource, Member, NeedsOf, OnlyInputOf, Source, WithOf } from './source.ts';

type PartOf<S extends AnySource> = S extends Source<infer Part> ? Part : never;
/** What the items of the lists in a part are. */
type ItemOf<Part> = {
  [Name in keyof Part]: Part[Name] extends readonly (infer Item)[] ? Item : never;
}[keyof Part];
/** Members that can be a key. */
type KeysOf<Item> = {
  [Name in keyof Item]-?: Item[Name] extends string | number | null | undefined ? Name : never;
}[keyof Item] &
  string;
/** The compiler takes what it has not inferred yet for unknown, which has no members. */
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
  /** Member of each item that the value becomes. */
  readonly as: As;
  /** Parameter of the operation that takes a key, or with `list` all keys of a call, as a repeated name. */
  readonly parameter: Parameter;
  /** Further parameters that are not taken from the request by name. */
  readonly with?: With & OnlyInputOf<O, With>;
  /** Milliseconds for all calls together, from when the list is there. Default: what the screen has left. */
  readonly budgetMs?: number;
  /** Calls at a time. Default: 8. */
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
  /** The member of an item whose call failed, or that has no key; null is always possible. */
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
  /** What of the answer becomes the member. */
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
  /** The list in the answer. */
  readonly list: (value: OutputOf<O>) => readonly Found[];
  /** Member of its items that holds their key. */
  readonly by: NoInfer<BatchKeysOf<Found>>;
  /** What of an item of the answer becomes the member. Default: all of it. */
  readonly take?: (item: Found) => Taken;
  readonly fallback: Fallback & NoInfer<Taken | null>;
  /** Keys of one call. Default: 100. */
  readonly size?: number;
}

/**
 * Declares a call for each item of another source's list, by a key that the item holds: keys are deduplicated, calls
 * bounded, and an item whose call fails has the fallback while the others are complete. With `list` and `by` all keys go
 * into one call (or several of `size` keys).
 *
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
