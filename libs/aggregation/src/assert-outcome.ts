import type { Outcome } from '@bff/service-kit';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/**
 * Validates an outcome at run time: a source may violate its types, and the steps after this one must not
 * throw.
 * @throws {TypeError} when `outcome` is not an outcome, or its value cannot be part of a view
 */
export function assertOutcome(outcome: Outcome<object>, source: string): void {
  const fault = isObject(outcome) ? faultOf(outcome) : 'a value that is not an outcome';
  if (fault !== undefined) throw new TypeError(`source "${source}" resolved with ${fault}`);
}

function faultOf(outcome: Outcome<object>): string | undefined {
  switch (outcome.kind) {
    case 'value':
      return isObject(outcome.value) ? undefined : 'a value that is not an object';
    case 'failed':
      return !outcome.stale || isObject(outcome.stale.value)
        ? undefined
        : 'a stale value that is not an object';
    case 'absent':
    case 'refused':
    case 'aborted':
      return undefined;
    default:
      return 'an outcome of an unknown kind';
  }
}
