import type { Deadline, FailureReason, Outcome } from '@bff/service-kit';
import type { AnySource, ItemCalls } from '../declaration/source.ts';
import {
  compileInput,
  valueOf,
  withoutInput,
  withProjection,
  type CallOf,
  type CallWith,
} from './call-source.ts';
import type { Reading, ReadingForm } from './reading.ts';
import type { ScreenScope } from './scope.ts';

/** The value for each item of a list, in its order; undefined where there is none. */
export type FoundByItem = readonly (EachValue | undefined)[];

/** A value of an answer, with its key when the answer is that of a batch. */
export interface EachValue {
  readonly key?: string | undefined;
  readonly value?: unknown;
}
export type EachSource = AnySource & {
  readonly as: string;
  readonly items: ItemCalls;
  readonly dependsOn: AnySource;
};

/**
 * Maximum number of keys per list, so that a very long list does not cause a call for each of its items.
 * Items with further keys have the fallback.
 */
const maxKeys = 1_000;

type Lost = { readonly reason: FailureReason; readonly staleMs?: number };

/**
 * Compiles the calls of an `each`: keys are deduplicated, at most `concurrency` calls run at a time, and each
 * gets half of the remaining time, so that slow calls leave time for queued ones. Only items whose call
 * failed have the fallback.
 */
export function compileEach(
  source: EachSource,
  callOf: CallOf,
  { name, reading, parent }: EachPlace,
): (scope: ScreenScope, deadline: Deadline) => Promise<Outcome<FoundByItem>> {
  const { items, dependsOn, budgetMs } = source;
  const call = withRequestInputs(source, withProjection(callOf(source.operation), reading));
  const find = items.batch ? findInBatches(items, call) : findOneByOne(items, call);

  return async function callEach(scope, deadline) {
    const before = await scope.outcomes.get(dependsOn);
    const value = valueOf(before);
    if (value === undefined) return withoutInput(before);
    const keys = parent.inputOf(name, value.value, scope) as readonly (string | null)[];
    const distinct = [...new Set(keys)].filter((key) => key !== null);
    const found = new Map<string, EachValue>();
    const lost: Lost[] = distinct.length > maxKeys ? [{ reason: 'shed' }] : [];
    await find(
      distinct.slice(0, maxKeys),
      { ...scope, deadline: budgetMs === undefined ? deadline : deadline.within(budgetMs) },
      {
        found(key, answer) {
          for (const each of reading.partOf(answer, scope)) {
            const its = key ?? each.key;
            if (its !== undefined) found.set(its, each);
          }
        },
        lost: (each) => lost.push(each),
      },
    );
    if (scope.deadline.signal.aborted) return { kind: 'aborted' };
    const ofItems = keys.map((key) => (key === null ? undefined : found.get(key)));
    return lost.length === 0
      ? { kind: 'value', value: ofItems }
      : { kind: 'value', value: ofItems, partial: partialOf(lost) };
  };
}

export interface EachPlace {
  readonly name: string;
  readonly reading: Reading<readonly EachValue[]>;
  readonly parent: Reading<unknown>;
}

/**
 * Describes how the answers of an `each` are read: the tenant's policy is applied to each value at its place
 * in the list.
 */
export function eachForm(
  name: string,
  { as, take, items: { batch }, ...source }: EachSource,
): ReadingForm<readonly EachValue[]> {
  const list = source.dependsOn.as as string;
  const taken = (value: unknown): unknown => (take ? (take as (value: unknown) => unknown)(value) : value);
  return {
    name,
    source: { as, take, items: { ...batch }, ...source } as never,
    taken(answer) {
      if (!batch) return [{ value: taken(answer) }];
      const found = (batch.list as (value: unknown) => readonly unknown[])(answer);
      return found.map((item) => ({ key: keyOf(item, batch.by), value: taken(item) }));
    },
    visible: (values, policy) =>
      values.map((each) => {
        const view = policy.apply({ [list]: [{ [as]: each.value as never }] });
        const [item] = (view[list] ?? []) as readonly Readonly<Record<string, unknown>>[];
        return { ...each, value: item?.[as] };
      }),
    inputs: new Map(),
    needed: (values) => values.map(({ key }) => key),
  };
}

/** Returns the key of each item of the list that a source gives to the view; null for an item without one. */
export function itemKeys({ take }: AnySource, member: string): (value: unknown) => (string | null)[] {
  return function keysIn(value) {
    const list = take ? (take as (value: unknown) => unknown)(value) : value;
    return Array.isArray(list) ? list.map((item) => keyOf(item, member) ?? null) : [];
  };
}

/** Adds to a call the parameters whose values come from `with` or from the request. */
function withRequestInputs({ operation, with: given }: AnySource, call: CallWith): CallWith {
  const inputOf = compileInput(operation, given as Readonly<Record<string, unknown>>);
  return (scope, input) => call(scope, { ...inputOf(scope.inputs), ...input });
}

/** Returns the key as text, from text or a number; undefined when the item has none. */
function keyOf(item: unknown, member: string): string | undefined {
  const key = (item as Readonly<Record<string, unknown>> | null)?.[member];
  return (typeof key === 'string' && key !== '') || typeof key === 'number' ? String(key) : undefined;
}

interface Report {
  /** Handles the answer of a call. @param key for which the call was made; null for the call of a batch */
  readonly found: (key: string | null, answer: unknown) => void;
  readonly lost: (lost: Lost) => void;
}
type Find = (keys: readonly string[], scope: ScreenScope, report: Report) => Promise<void>;

const findOneByOne =
  ({ parameter, concurrency }: ItemCalls, call: CallWith): Find =>
  (keys, scope, report) =>
    atMost(concurrency, keys, async (key) => {
      const outcome = await call({ ...scope, deadline: halfOf(scope.deadline) }, { [parameter]: key });
      take(outcome, report, (value) => report.found(key, value));
    });

const findInBatches =
  ({ parameter, concurrency, size }: ItemCalls, call: CallWith): Find =>
  (keys, scope, report) => {
    const batches = Array.from({ length: Math.ceil(keys.length / size) }, (_, at) =>
      keys.slice(at * size, (at + 1) * size),
    );
    const isOnly = batches.length <= concurrency;
    return atMost(concurrency, batches, async (batch) => {
      const deadline = isOnly ? scope.deadline : halfOf(scope.deadline);
      const outcome = await call({ ...scope, deadline }, { [parameter]: batch });
      take(outcome, report, (value) => report.found(null, value));
    });
  };

const halfOf = (deadline: Deadline): Deadline => deadline.within(deadline.remaining() / 2);

/** Reports the outcome of a call. A 404 is an answer: the item has the fallback, and nothing is degraded. */
function take(outcome: Outcome<unknown>, { lost }: Report, found: (value: unknown) => void): void {
  const value = valueOf(outcome);
  if (value !== undefined) found(value.value);
  if (outcome.kind === 'failed')
    lost({ reason: outcome.reason, ...(outcome.stale && { staleMs: outcome.stale.ageMs }) });
  else if (outcome.kind === 'refused') lost({ reason: 'error' });
}

/**
 * Returns the worst loss: a default value is worse than a stale one. The reason is that of the first loss of
 * this kind, the age that of the oldest stale value.
 */
function partialOf(lost: readonly Lost[]): {
  reason: FailureReason;
  fallback: 'stale' | 'default';
  ageMs?: number;
} {
  const worst = lost.find(({ staleMs }) => staleMs === undefined);
  if (worst) return { reason: worst.reason, fallback: 'default' };
  const [first] = lost as [Lost];
  return {
    reason: first.reason,
    fallback: 'stale',
    ageMs: Math.max(...lost.map(({ staleMs = 0 }) => staleMs)),
  };
}

async function atMost<T>(
  limit: number,
  things: readonly T[],
  work: (thing: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < things.length; at = next++) await work(things[at] as T);
  };
  await Promise.all(Array.from({ length: Math.min(limit, things.length) }, worker));
}
