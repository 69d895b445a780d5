import type { Logger } from '@bff/service-kit';
import type { CallScope } from './call.ts';
import type { AnyOperation } from './operation.ts';

/** Makes an operation's model of the JSON that an upstream sent; undefined when it does not have the agreed form. */
export type Accept<T> = (value: unknown, scope: CallScope) => T | undefined;

/** Logs which field is wrong, never what it holds. */
export function acceptFor<T>({ service, name, response }: AnyOperation, log: Logger): Accept<T> {
  if (!response) return () => undefined;
  return function accept(value, scope) {
    const result = response.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    log.warn(
      { upstream: service, operation: name, field: issue?.path.join('.'), request_id: scope.requestId },
      'the answer of an upstream does not have the agreed form',
    );
    return undefined;
  };
}
