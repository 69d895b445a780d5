import type { Outcome } from '@bff/service-kit';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/**
 * Checks at run time what the types promise, for sources that violate their types: no later step may throw.
 * @throws {TypeError} when `outcome` is not an outcome, or its value cannot be part of a view
 */
export function assertOutcome(outcome: Outcome<object>, source: string): void {
  const fault = isObject(outcome) ? faultOf(outcome) : 'what is not an outcome';
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
      return 'an outcome of no known kind';
  }
}
