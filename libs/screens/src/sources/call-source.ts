import { type Deadline, type Outcome } from '@bff/service-kit';
import { type AnyOperation, type ClientCall, type ParameterValue } from '@bff/upstream-clients';
import { type AnySource, type PathParameter } from '../declaration/source.ts';
import { type Inputs, type ScreenScope } from './scope.ts';

/** The compiled call of an operation. @throws {TypeError} when no registry has it */
export type CallOf = (operation: AnyOperation) => ClientCall;
/** Calls the upstream of one source. */
export type CallSource = (scope: ScreenScope, deadline: Deadline) => Promise<Outcome<unknown>>;

const absent: Outcome<never> = { kind: 'absent' };

/** Of the time that is left, what a source may take on which another one depends. */
export const parentShare = 2 / 3;

/** Compiles the upstream call of a source. @param isShared whether another source depends on it */
export function compileCall(source: AnySource, callOf: CallOf, isShared: boolean): CallSource {
  const call = callOf(source.operation);
  const direct = source.dependsOn
    ? dependentCall(source, source.dependsOn, call, isShared)
    : plainCall(source, call);
  if (!isShared) return direct;
  return function remember(scope, deadline) {
    const outcome = direct(scope, deadline);
    scope.outcomes.set(source, outcome);
    return outcome;
  };
}

function plainCall({ operation, with: given, next }: AnySource, call: ClientCall): CallSource {
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
  { operation, with: given, budgetMs }: AnySource,
  parent: AnySource,
  call: ClientCall,
  isShared: boolean,
): CallSource {
  const fromRequest = compileInput(operation, {});
  return async function callDependent(scope, deadline) {
    const before = await scope.outcomes.get(parent);
    const value = valueOf(before);
    if (value === undefined) return withoutInput(before);
    const input = (given as (value: unknown) => object | undefined)(value.value);
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
