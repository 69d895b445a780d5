import type { Deadline, Outcome } from '@bff/service-kit';
import type { AnyOperation, ClientCall, ParameterValue } from '@bff/upstream-clients';
import type { AnySource, PathParameter } from '../declaration/source.ts';
import { uncached, type Reading } from './reading.ts';
import type { Inputs, ScreenScope } from './scope.ts';

/** The compiled call of an operation. @throws {TypeError} when no registry has it */
export type CallOf = (operation: AnyOperation) => ClientCall;
export type CallWith = (scope: ScreenScope, input: object) => Promise<Outcome<unknown>>;
/** Calls the upstream of one source. */
export type CallSource = (scope: ScreenScope, deadline: Deadline) => Promise<Outcome<unknown>>;

const absent: Outcome<never> = { kind: 'absent' };

/** Of the time that is left, what a source may take on which another one depends. */
export const parentShare = 2 / 3;

/** How a source takes its place in a screen. */
export interface Place {
  readonly name: string;
  readonly reading: Reading<unknown>;
  /** Of the source that it depends on. */
  readonly parent: Reading<unknown> | undefined;
  /** Whether another source depends on it. */
  readonly isShared: boolean;
}

/**
 * Compiles the upstream call of a source. What comes of it is read by its `reading`.
 *
 * @param place undefined: the source is called on its own, and its answer is complete
 */
export function compileCall(source: AnySource, callOf: CallOf, place?: Place): CallSource {
  const { isShared = false } = place ?? {};
  const call = withProjection(callOf(source.operation), place?.reading);
  const direct = source.dependsOn
    ? dependentCall(source, source.dependsOn, call, place as Place)
    : plainCall(source, call);
  if (!isShared) return direct;
  return function remember(scope, deadline) {
    const outcome = direct(scope, deadline);
    scope.outcomes.set(source, outcome);
    return outcome;
  };
}

/** What may not be seen is not cached: neither in the answer of a screen nor in what a write compares itself with. */
export const withProjection =
  (call: ClientCall, reading: Reading<unknown> | undefined): CallWith =>
  (scope, input) => {
    const projection = reading ? reading.projectionFor(scope) : scope.visible && uncached;
    return projection ? call(scope, input, { projection }) : call(scope, input);
  };

function plainCall({ operation, with: given, next }: AnySource, call: CallWith): CallSource {
  const inputOf = compileInput(operation, given as Readonly<Record<string, unknown>>);
  if (!next) return (scope, deadline) => call({ ...scope, deadline }, inputOf(scope.inputs));
  return (scope, deadline) =>
    call(
      { ...scope, deadline },
      { ...inputOf(scope.inputs), limit: scope.page?.limit, cursor: scope.page?.cursor },
    );
}

/** A source that could not be called because the one before it is lost is degraded itself, for the same reason (F11). */
function dependentCall(
  { operation, budgetMs }: AnySource,
  parent: AnySource,
  call: CallWith,
  { name, parent: reading, isShared }: Place,
): CallSource {
  const fromRequest = compileInput(operation, {});
  return async function callDependent(scope, deadline) {
    const before = await scope.outcomes.get(parent);
    const value = valueOf(before);
    if (value === undefined) return withoutInput(before);
    const input = reading?.inputOf(name, value.value, scope) as object | undefined;
    if (input === undefined) return absent;
    const ownMs = budgetMs ?? (isShared ? deadline.remaining() * parentShare : undefined);
    const own = ownMs === undefined ? deadline : deadline.within(ownMs);
    return call({ ...scope, deadline: own }, { ...fromRequest(scope.inputs), ...input });
  };
}

/** The value of an outcome; what a stale one holds is a value like any other. */
export function valueOf(outcome: Outcome<unknown> | undefined): { readonly value: unknown } | undefined {
  if (outcome?.kind === 'value') return outcome;
  return outcome?.kind === 'failed' ? outcome.stale : undefined;
}

/** What becomes of a source whose input is lost. */
export function withoutInput(parent: Outcome<unknown> | undefined): Outcome<never> {
  if (parent === undefined) return { kind: 'failed', reason: 'error' };
  return parent.kind === 'failed' ? { kind: 'failed', reason: parent.reason } : (parent as Outcome<never>);
}

/** Parameters by name: what `with` says, else what the request gives. */
export function compileInput(
  { path, query, headers }: AnyOperation,
  given: Readonly<Record<string, unknown>>,
): (inputs: Inputs) => Readonly<Record<string, ParameterValue>> {
  const names = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    ...Object.keys(query),
    ...Object.keys(headers),
  ];
  const constants: Record<string, ParameterValue> = {};
  const taken: (readonly [name: string, from: string])[] = [];
  for (const name of names) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (isPathParameter(value)) taken.push([name, value.param]);
    else if (value !== undefined) constants[name] = value as ParameterValue;
    else taken.push([name, name]);
  }
  return function inputOf(inputs) {
    const input: Record<string, ParameterValue> = { ...constants };
    for (const [name, from] of taken) input[name] = inputs[from];
    return input;
  };
}

const isPathParameter = (value: unknown): value is PathParameter =>
  typeof value === 'object' && value !== null && 'param' in value;
