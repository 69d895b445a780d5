import { type Deadline, type FailureReason, type Outcome } from '@bff/service-kit';
import { type ClientCall } from '@bff/upstream-clients';
import { type AnySource, type ItemCalls } from '../declaration/source.ts';
import { compileInput, valueOf, withoutInput, type CallOf } from './call-source.ts';
import { type ScreenScope } from './scope.ts';

/** What was found for the items of a list, by their keys. */
export type FoundByKey = ReadonlyMap<string, unknown>;

/** Of one list: a service that returns more items must not multiply into as many calls. Items beyond have the fallback. */
const maxKeys = 1_000;

type Lost = { readonly reason: FailureReason; readonly staleMs?: number };

/**
 * Compiles the calls of an `each`: keys are deduplicated, at most `concurrency` calls run at a time, and each has half of
 * the time that is left, so that slow ones leave time for those behind them. Items that are lost are the only ones
 * that have the fallback.
 */
export function compileEach(
  source: AnySource & { readonly items: ItemCalls; readonly dependsOn: AnySource },
  callOf: CallOf,
): (scope: ScreenScope, deadline: Deadline) => Promise<Outcome<FoundByKey>> {
  const { items, dependsOn: parent, take, budgetMs } = source;
  const call = withRequestInputs(source, callOf(source.operation));
  const takes = (value: unknown): unknown => (take ? (take as (value: unknown) => unknown)(value) : value);
  const find = items.batch ? findInBatches(items, items.batch, call) : findOneByOne(items, call);

  return async function callEach(scope, deadline) {
    const before = await scope.outcomes.get(parent);
    const value = valueOf(before);
    if (value === undefined) return withoutInput(before);
    const keys = keysOf(listOf(parent, value.value), items.key);
    const found = new Map<string, unknown>();
    const lost: Lost[] = keys.length > maxKeys ? [{ reason: 'shed' }] : [];
    await find(
      keys.slice(0, maxKeys),
      { ...scope, deadline: budgetMs === undefined ? deadline : deadline.within(budgetMs) },
      {
        found: (key, item) => found.set(key, takes(item)),
        lost: (each) => lost.push(each),
      },
    );
    if (scope.deadline.signal.aborted) return { kind: 'aborted' };
    return lost.length === 0
      ? { kind: 'value', value: found }
      : { kind: 'value', value: found, partial: partialOf(lost) };
  };
}

/** Adds the parameters that the request or `with` gives. */
function withRequestInputs({ operation, with: given }: AnySource, call: ClientCall): CallForKeys {
  const inputOf = compileInput(operation, given as Readonly<Record<string, unknown>>);
  return (scope, input) => call(scope, { ...inputOf(scope.inputs), ...input });
}

/** The list that a source gives to the view. */
const listOf = ({ take }: AnySource, value: unknown): unknown =>
  take ? (take as (value: unknown) => unknown)(value) : value;

function keysOf(list: unknown, member: string): string[] {
  if (!Array.isArray(list)) return [];
  const keys = new Set<string>();
  for (const item of list as readonly Readonly<Record<string, unknown>>[]) {
    const key = keyOf(item, member);
    if (key !== undefined) keys.add(key);
  }
  return [...keys];
}

/** A key is text or a number; undefined when the item has none. */
export function keyOf(item: unknown, member: string): string | undefined {
  const key = (item as Readonly<Record<string, unknown>> | null)?.[member];
  return (typeof key === 'string' && key !== '') || typeof key === 'number' ? String(key) : undefined;
}

interface Report {
  readonly found: (key: string, item: unknown) => void;
  readonly lost: (lost: Lost) => void;
}
type CallForKeys = (scope: ScreenScope, input: object) => Promise<Outcome<unknown>>;
type Find = (keys: readonly string[], scope: ScreenScope, report: Report) => Promise<void>;

const findOneByOne =
  ({ parameter, concurrency }: ItemCalls, call: CallForKeys): Find =>
  (keys, scope, report) =>
    atMost(concurrency, keys, async (key) => {
      const outcome = await call({ ...scope, deadline: halfOf(scope.deadline) }, { [parameter]: key });
      take(outcome, report, (value) => report.found(key, value));
    });

const findInBatches =
  (
    { parameter, concurrency, size }: ItemCalls,
    { list, by }: NonNullable<ItemCalls['batch']>,
    call: CallForKeys,
  ): Find =>
  (keys, scope, report) => {
    const batches = Array.from({ length: Math.ceil(keys.length / size) }, (_, at) => keys.slice(at * size, (at + 1) * size)); // prettier-ignore
    const isOnly = batches.length <= concurrency;
    return atMost(concurrency, batches, async (batch) => {
      const deadline = isOnly ? scope.deadline : halfOf(scope.deadline);
      const outcome = await call({ ...scope, deadline }, { [parameter]: batch });
      take(outcome, report, (value) => {
        for (const item of (list as (value: unknown) => readonly unknown[])(value)) {
          const key = keyOf(item, by);
          if (key !== undefined) report.found(key, item);
        }
      });
    });
  };

const halfOf = (deadline: Deadline): Deadline => deadline.within(deadline.remaining() / 2);

/** Absent is knowledge: the item has the fallback, and nothing is degraded. */
function take(outcome: Outcome<unknown>, { lost }: Report, found: (value: unknown) => void): void {
  const value = valueOf(outcome);
  if (value !== undefined) found(value.value);
  if (outcome.kind === 'failed')
    lost({ reason: outcome.reason, ...(outcome.stale && { staleMs: outcome.stale.ageMs }) });
  else if (outcome.kind === 'refused') lost({ reason: 'error' });
}

/** Tells the worst: a default rather than a stale value, the oldest of the stale ones, the first reason. */
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
