import { type AnyOperation, type InputOf, type OutputOf } from '@bff/upstream-clients';
import { type AnySource, type Source } from './source.ts';

type PartOf<S extends AnySource> = S extends Source<infer Part, infer _Needs, infer _Value> ? Part : never;
/** Names of the lists in a part, and what their items are. */
type ListOf<Part> = {
  [Name in keyof Part]: Part[Name] extends readonly (infer Item)[] ? Item : never;
}[keyof Part];
type EnrichedBy<Part, As extends string, Taken> = {
  readonly [Name in keyof Part]: Part[Name] extends readonly (infer Item)[]
    ? readonly (Item & { readonly [Member in As]: Taken })[]
    : Part[Name];
};

interface EachOptions<As extends string, Taken, Found> {
  /** Member of each item that the value becomes. */
  readonly as: As;
  /** What of the answer becomes the member. Default: all of it. */
  readonly take?: (value: Found) => Taken;
  /** The member of an item whose call failed, or that has no key. */
  readonly fallback: NoInfer<Taken>;
  /** Milliseconds for all calls together. Default: what is left of the screen's. */
  readonly budgetMs?: number;
  readonly versions?: readonly string[];
}

type SingleOptions<O extends AnyOperation, As extends string, Taken> = EachOptions<As, Taken, OutputOf<O>> & {
  /** Parameter of the operation that takes a key. */
  readonly parameter: keyof InputOf<O> & string;
  /** Calls at a time. Default: 8. */
  readonly concurrency?: number;
};
type BatchOptions<O extends AnyOperation, As extends string, Taken, Found> = EachOptions<As, Taken, Found> & {
  /** Parameter of the operation that takes the keys; it is sent as a repeated name. */
  readonly parameter: keyof InputOf<O> & string;
  /** The list in the answer. */
  readonly list: (value: OutputOf<O>) => readonly Found[];
  /** Member of its items that holds their key. */
  readonly by: keyof NoInfer<Found> & string;
  /** Keys of one call. Default: 100. */
  readonly size?: number;
};

/**
 * Declares a call for each item of another source's list, by a key that the item holds: keys are deduplicated, calls
 * bounded, and an item whose call fails has the fallback while the others are complete. With `list` and `by` all keys go
 * into one call (or several of `size` keys).
 *
 * @example each(orders, 'carrier_id', shipping.byId, { parameter: 'id', as: 'carrier', fallback: null })
 */
export function each<
  Parent extends AnySource,
  const Key extends keyof ListOf<PartOf<Parent>> & string,
  O extends AnyOperation,
  const As extends string,
  Found,
  Taken = Found,
>(
  parent: Parent,
  key: Key,
  operation: O,
  options: BatchOptions<O, As, Taken, Found>,
): Source<EnrichedBy<PartOf<Parent>, As, Taken>, never, never>;
export function each<
  Parent extends AnySource,
  const Key extends keyof ListOf<PartOf<Parent>> & string,
  O extends AnyOperation,
  const As extends string,
  Taken = OutputOf<O>,
>(
  parent: Parent,
  key: Key,
  operation: O,
  options: SingleOptions<O, As, Taken>,
): Source<EnrichedBy<PartOf<Parent>, As, Taken>, never, never>;
export function each(
  parent: AnySource,
  key: string,
  operation: AnyOperation,
  options: {
    readonly as: string;
    readonly parameter: string;
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
    with: {},
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
