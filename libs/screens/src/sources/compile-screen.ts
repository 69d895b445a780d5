import { defineScreen, type Screen as Aggregation, type Source } from '@bff/aggregation';
import { mapOutcome, type Deadline, type Outcome } from '@bff/service-kit';
import { type JsonObject } from '@bff/shaping';
import { type AnyScreen } from '../declaration/screen.ts';
import { type AnySource, type ItemCalls } from '../declaration/source.ts';
import { compileEach, keyOf, type FoundByKey } from './call-each.ts';
import { compileCall, parentShare, type CallOf } from './call-source.ts';
import { type ScreenScope } from './scope.ts';

/** Members that a source gives beside the view: no declared member has such a name. */
export const hidden = { next: '#next', validator: '#validator' } as const;
const foundFor = (source: string): string => `#each-${source}`;

/** A screen whose sources can be called. */
export interface CompiledScreen {
  readonly aggregation: Aggregation<ScreenScope, JsonObject>;
  /** Whether a source gives members beside the view. */
  readonly hasHidden: boolean;
  /** Puts what `each` found into the items of its list. Undefined: the screen has none. */
  readonly join: ((view: JsonObject) => JsonObject) | undefined;
  /** What a field of the aggregation feeds that is no member of the view itself. */
  readonly fed: ReadonlyMap<string, Fed>;
}

/** A member of the view, and of its items the one that is fed; undefined: all of them. */
export interface Fed {
  readonly member: string;
  readonly ofItems?: string;
}

type Part = Readonly<Record<string, unknown>>;
type Each = AnySource & {
  readonly as: string;
  readonly items: ItemCalls;
  readonly dependsOn: AnySource;
};

/** @param version of the contract: sources that other versions have are left out */
export function compileScreen(
  { name, budgetMs, root, sources: declared }: Pick<AnyScreen, 'name' | 'budgetMs' | 'root' | 'sources'>,
  callOf: CallOf,
  version?: string,
): CompiledScreen {
  const entries = Object.entries(declared).filter(
    ([, { versions }]) => version === undefined || !versions || versions.includes(version),
  );
  const parents = new Set(entries.flatMap(([, { dependsOn }]) => dependsOn ?? []));
  const fed = new Map<string, Fed>([[hidden.next, { member: 'next_cursor' }]]);
  const sources: Record<string, Source<ScreenScope, object>> = {};
  const joins: ((view: JsonObject) => JsonObject)[] = [];
  for (const [sourceName, source] of entries) {
    const isParent = parents.has(source);
    // What depends on another source counts its own time from when that one has answered.
    const budget = source.dependsOn ? undefined : (source.budgetMs ?? (isParent ? Math.round(budgetMs * parentShare) : undefined)); // prettier-ignore
    const common = {
      required: source.required,
      whenAbsent: source.whenAbsent,
      ...(budget !== undefined && { budgetMs: budget }),
    };
    if (isEach(source)) {
      const field = foundFor(sourceName);
      const list = source.dependsOn.as as string;
      const call = compileEach(source, callOf);
      const read = async (scope: ScreenScope, deadline: Deadline) =>
        mapOutcome(await call(scope, deadline), (found) => ({ [field]: found }) as Part);
      sources[sourceName] = { ...common, read, fallback: { [field]: null } };
      fed.set(field, { member: list, ofItems: source.as });
      joins.push(joinOf(source, field, list));
    } else
      sources[sourceName] = { ...common, ...partOf(source, root, compileCall(source, callOf, isParent)) };
  }
  const aggregation = defineScreen<ScreenScope>()({
    name,
    budgetMs,
    sources,
    onUnexpected: (error, source, scope) => scope.onUnexpected(error, source),
  }) as Aggregation<ScreenScope, JsonObject>;
  const join =
    joins.length === 0 ? undefined : (view: JsonObject) => joins.reduce((made, each) => each(made), view);
  const hasHidden = entries.some(([, { next, validator }]) => next !== undefined || validator);
  return { aggregation, hasHidden, join, fed };
}

const isEach = (source: AnySource): source is Each => source.items !== undefined;

type ReadPart = Pick<Source<ScreenScope, object>, 'read' | 'fallback'>;

/** What of a source's answer becomes which member of the view. */
function partOf(
  source: AnySource,
  root: string,
  call: (scope: ScreenScope, deadline: Deadline) => Promise<Outcome<unknown>>,
): ReadPart {
  const { as, members, fallback, validator } = source;
  const take = (source.take ?? ((value: unknown) => value)) as (value: unknown) => unknown;
  const next = source.next as ((value: unknown) => string | null | undefined) | undefined;
  const isItem = as !== undefined && root === `${as}[0]`;
  /** An item stands in a list, because that is where policies look for it. */
  const listed = (taken: unknown): unknown => (isItem && !Array.isArray(taken) ? [taken] : taken);
  const put = (value: unknown): Part => {
    if (as === undefined) return value as Part;
    const part: Record<string, unknown> = { [as]: listed(take(value)) };
    if (next) part[hidden.next] = next(value) ?? null;
    return part;
  };
  const given: Record<string, unknown> =
    as === undefined
      ? Object.fromEntries(
          (members ?? []).map((name) => [name, (fallback as Part | undefined)?.[name] ?? null]),
        )
      : { [as]: fallback === undefined ? (isItem ? [] : null) : listed(fallback) };
  if (next) given[hidden.next] = null;
  if (!validator)
    return { fallback: given, read: async (scope, deadline) => mapOutcome(await call(scope, deadline), put) };
  return {
    fallback: { ...given, [hidden.validator]: null },
    async read(scope, deadline) {
      const outcome = await call(scope, deadline);
      const part = mapOutcome(outcome, put);
      // A stale answer may be shown, but is no ground for a change.
      const tag = outcome.kind === 'value' ? (outcome.etag ?? null) : null;
      return mapOutcome(part, (each) => ({ ...each, [hidden.validator]: tag }));
    },
  };
}

function joinOf(
  { items: { key }, as, fallback }: Each,
  field: string,
  list: string,
): (view: JsonObject) => JsonObject {
  return function join({ [field]: given, ...view }) {
    const found = given as unknown as FoundByKey | null;
    const items = view[list];
    if (!Array.isArray(items)) return view;
    const joined = items.map((item: JsonObject) => {
      const itsKey = keyOf(item, key);
      const value = itsKey === undefined ? undefined : found?.get(itsKey);
      return { ...item, [as]: value === undefined ? (fallback as never) : (value as never) };
    });
    return { ...view, [list]: joined };
  };
}
