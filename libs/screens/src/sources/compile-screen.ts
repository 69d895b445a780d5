import { defineScreen, type Screen as Aggregation, type Source } from '@bff/aggregation';
import { mapOutcome, type Deadline } from '@bff/service-kit';
import type { JsonObject } from '@bff/shaping';
import type { FieldPolicy } from '@bff/tenancy';
import { z } from 'zod';
import type { AnyScreen } from '../declaration/screen.ts';
import { compileVisible, type VisibleView } from '../answer/compile-shape.ts';
import type { AnySource } from '../declaration/source.ts';
import {
  compileEach,
  eachForm,
  itemKeys,
  type EachSource,
  type EachValue,
  type FoundByItem,
} from './call-each.ts';
import { compileCall, parentShare, type CallOf, type CallSource } from './call-source.ts';
import { compileReading, type Reading } from './reading.ts';
import type { ScreenScope } from './scope.ts';

/**
 * Names of internal members, which sources add to the view and which are removed before it is sent. No
 * declared member can have such a name.
 */
export const hidden = { next: '#next', validator: '#validator' } as const;
const foundFor = (source: string): string => `#each-${source}`;

/** A screen with compiled sources. */
export interface CompiledScreen {
  readonly aggregation: Aggregation<ScreenScope, JsonObject>;
  /** Whether a source adds internal members, which have the names in {@link hidden}. */
  readonly hasHidden: boolean;
  /** Joins the values of `each` with the items of its list. Undefined for a screen without `each`. */
  readonly join: ((view: JsonObject) => JsonObject) | undefined;
  /**
   * Maps each field of the aggregation that is not itself a member of the view to the member that it
   * supplies.
   */
  readonly fed: ReadonlyMap<string, Fed>;
  /**
   * Returns policy and projection as one function; undefined when they must be applied one after the other.
   */
  visibleUnder(policy: FieldPolicy): VisibleView | undefined;
  /**
   * Whether every source's answer is already filtered and projected by {@link visibleUnder} when it is read, in
   * the sequence of the answer's schema. Then only a view with fallbacks has to be filtered and projected.
   */
  readonly isVisibleWhenRead: boolean;
}

/** A member of the view; with `ofItems`, only that member of its items. */
export interface Fed {
  readonly member: string;
  readonly ofItems?: string;
}

type Part = Readonly<Record<string, unknown>>;

/** Compiles a screen. @param version of the contract: sources of other versions are left out */
export function compileScreen(screen: AnyScreen, callOf: CallOf, version?: string): CompiledScreen {
  const { name, budgetMs, root, sources: declared } = screen;
  const visibleUnder = compileVisible(screen, version);
  const entries = Object.entries(declared).filter(
    ([, { versions }]) => version === undefined || !versions || versions.includes(version),
  );
  const parents = new Set(entries.flatMap(([, { dependsOn }]) => dependsOn ?? []));
  const readings = new Map<AnySource, Reading<unknown>>();
  const nameOf = (sourceName: string): string => [name, version, sourceName].join(' ');
  const fed = new Map<string, Fed>([[hidden.next, { member: 'next_cursor' }]]);
  const sources: Record<string, Source<ScreenScope, object>> = {};
  const joins: ((view: JsonObject) => JsonObject)[] = [];
  for (const [sourceName, source] of entries) {
    const isParent = parents.has(source);
    // The budget of a dependent source starts when its parent has answered.
    const budget = source.dependsOn
      ? undefined
      : (source.budgetMs ?? (isParent ? Math.round(budgetMs * parentShare) : undefined));
    const common = {
      required: source.required,
      whenAbsent: source.whenAbsent,
      ...(budget !== undefined && { budgetMs: budget }),
    };
    if (isEach(source)) {
      const field = foundFor(sourceName);
      const list = source.dependsOn.as as string;
      const place = {
        name: sourceName,
        reading: compileReading(eachForm(nameOf(sourceName), source)),
        parent: readings.get(source.dependsOn) as Reading<unknown>,
      };
      const call = compileEach(source, callOf, place);
      const read = async (scope: ScreenScope, deadline: Deadline) =>
        mapOutcome(await call(scope, deadline), (found) => ({ [field]: found }) as Part);
      sources[sourceName] = { ...common, read, fallback: { [field]: null } };
      fed.set(field, { member: list, ofItems: source.as });
      joins.push(joinOf(source, field, list));
      continue;
    }
    const inputs = new Map(entries.filter(([, each]) => each.dependsOn === source).map(inputOf));
    // A source with dependents does not use the combined function: the check whether a dependent needs a
    // hidden value compares the part before and after the policy alone, without a projection.
    const part = partOf(source, root, inputs.size === 0 ? visibleUnder : () => undefined);
    const reading = compileReading<Part>({ name: nameOf(sourceName), source, inputs, ...part });
    readings.set(source, reading as Reading<unknown>);
    const parent = source.dependsOn && readings.get(source.dependsOn);
    const place = { name: sourceName, reading: reading as Reading<unknown>, parent, isShared: isParent };
    const read = readPart(source, compileCall(source, callOf, place), reading);
    sources[sourceName] = { ...common, read, fallback: part.fallback };
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
  const isVisibleWhenRead =
    parents.size === 0 &&
    joins.length === 0 &&
    !hasHidden &&
    isInSequence(aggregation.fallback, screen.answer);
  return { aggregation, hasHidden, join, fed, visibleUnder, isVisibleWhenRead };
}

/** Returns whether the members of an object that a schema names are all of its members, in its sequence. */
function isInSequence(view: object, schema: z.ZodType | undefined): boolean {
  if (!(schema instanceof z.ZodObject)) return false;
  const named = Object.keys(view).filter((name) => Object.hasOwn(schema.shape, name));
  return named.join() === Object.keys(schema.shape).join();
}

const isEach = (source: AnySource): source is EachSource => source.items !== undefined;

/** Returns the value that a dependent source takes from its parent's answer. */
function inputOf([name, source]: readonly [string, AnySource]): [string, (value: unknown) => unknown] {
  const parent = source.dependsOn as AnySource;
  return [
    name,
    source.items ? itemKeys(parent, source.items.key) : (source.with as (value: unknown) => unknown),
  ];
}

/**
 * Compiles the functions that turn a source's answer into members of the view and hide those that the tenant
 * may not see.
 */
function partOf(
  { as, members, fallback, ...source }: AnySource,
  root: string,
  visibleUnder: CompiledScreen['visibleUnder'],
) {
  const take = (source.take ?? ((value: unknown) => value)) as (value: unknown) => unknown;
  const next = source.next as ((value: unknown) => string | null | undefined) | undefined;
  const isItem = as !== undefined && root === `${as}[0]`;
  /** Places a single item in a list, because policies name the members of items by their list. */
  const listed = (taken: unknown): unknown => (isItem && !Array.isArray(taken) ? [taken] : taken);
  const given: Record<string, unknown> =
    as === undefined
      ? Object.fromEntries(
          (members ?? []).map((name) => [name, (fallback as Part | undefined)?.[name] ?? null]),
        )
      : { [as]: fallback === undefined ? (isItem ? [] : null) : listed(fallback) };
  /** A service may send more members than the source gives to the view. */
  const ownOf = (part: Part): Part => {
    const own: Record<string, unknown> = {};
    for (const name of members ?? []) if (Object.hasOwn(part, name)) own[name] = part[name];
    return own;
  };
  if (next) given[hidden.next] = null;
  if (source.validator) given[hidden.validator] = null;
  return {
    fallback: given,
    taken(value: unknown): Part {
      if (as === undefined) return value as Part;
      const part: Record<string, unknown> = { [as]: listed(take(value)) };
      if (next) part[hidden.next] = next(value) ?? null;
      return part;
    },
    visible(part: Part, policy: FieldPolicy): Part {
      const visible = visibleUnder(policy) ?? policy.apply;
      if (!next) return visible((as === undefined ? ownOf(part) : part) as never);
      const { [hidden.next]: cursor, ...view } = part;
      return { ...visible(view as never), [hidden.next]: cursor };
    },
  };
}

function readPart(
  { validator }: AnySource,
  call: CallSource,
  reading: Reading<Part>,
): Source<ScreenScope, object>['read'] {
  return async function read(scope, deadline) {
    const outcome = await call(scope, deadline);
    const part = mapOutcome(outcome, (value) => reading.partOf(value, scope));
    if (!validator) return part;
    // A stale answer may be shown, but its tag must not permit a change.
    const tag = outcome.kind === 'value' ? (outcome.etag ?? null) : null;
    return mapOutcome(part, (each) => ({ ...each, [hidden.validator]: tag }));
  };
}

function joinOf({ as, fallback }: EachSource, field: string, list: string): (view: JsonObject) => JsonObject {
  return function join({ [field]: given, ...view }) {
    const found = given as unknown as FoundByItem | null;
    const items = view[list];
    if (!Array.isArray(items)) return view;
    const joined = items.map((item: JsonObject, index) => {
      const value = (found?.[index] as EachValue | undefined)?.value;
      return { ...item, [as]: value === undefined ? (fallback as never) : (value as never) };
    });
    return { ...view, [list]: joined };
  };
}
