import type { Deadline, Outcome } from '@bff/service-kit';
import type { AnyOperation, ClientCall, ParameterValue } from '@bff/upstream-clients';
import type { AnySource, PathParameter } from '../declaration/source.ts';
import { uncached, type Reading } from './reading.ts';
import type { Inputs, ScreenScope } from './scope.ts';

/** Returns the compiled call of an operation. @throws {TypeError} when no registry has it */
export type CallOf = (operation: AnyOperation) => ClientCall;
export type CallWith = (scope: ScreenScope, input: object) => Promise<Outcome<unknown>>;
/** Calls the upstream of one source. */
export type CallSource = (scope: ScreenScope, deadline: Deadline) => Promise<Outcome<unknown>>;

const absent: Outcome<never> = { kind: 'absent' };

/** Share of the remaining time for a source with dependents. */
export const parentShare = 2 / 3;

/** Dependencies of a source in its screen. */
export interface Place {
  readonly name: string;
  readonly reading: Reading<unknown>;
  /** Reading of the source that this source depends on. */
  readonly parent: Reading<unknown> | undefined;
  /** Whether another source depends on this one. */
  readonly isShared: boolean;
}

/**
 * Compiles the upstream call of a source. Its result is to be read by the {@link Reading} of the place,
 * because it may already be projected.
 * @param place undefined for a source that is called outside its screen: its answer is returned completely
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

/**
 * Adds the projection: members that a tenant may not see are cached neither for a screen nor for the
 * comparison of a write.
 */
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

/**
 * Compiles the call of a dependent source. If its parent has no answer, the source is not called, and is
 * degraded under its own name for the same reason (F11).
 */
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

/** Returns the value of an outcome, fresh or stale. */
export function valueOf(outcome: Outcome<unknown> | undefined): { readonly value: unknown } | undefined {
  if (outcome?.kind === 'value') return outcome;
  return outcome?.kind === 'failed' ? outcome.stale : undefined;
}

/** Returns the outcome of a source whose parent has no answer. */
export function withoutInput(parent: Outcome<unknown> | undefined): Outcome<never> {
  if (parent === undefined) return { kind: 'failed', reason: 'error' };
  return parent.kind === 'failed' ? { kind: 'failed', reason: parent.reason } : (parent as Outcome<never>);
}

/** Compiles the parameters by name: from `with`, otherwise from the request. */
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
