import type { Logger, Outcome } from '@bff/service-kit';
import type { Call } from './call.ts';
import type { Operation } from './operation.ts';
import { failed } from './outcomes.ts';

const badResponse = failed('bad-response');

/** Turns JSON into the operation's model, or into a bad response. Logs which field is wrong, never what it holds. */
export function withValidation<T>({ service, name, response }: Operation<T>, log: Logger) {
  return (next: Call<unknown>): Call<T> =>
    async (request, scope) => {
      const outcome = await next(request, scope);
      if (outcome.kind !== 'value') return outcome as Outcome<never>;
      const result = response.safeParse(outcome.value);
      if (result.success) return { ...outcome, value: result.data };
      const [issue] = result.error.issues;
      log.warn(
        { upstream: service, operation: name, field: issue?.path.join('.'), request_id: scope.requestId },
        'the answer of an upstream does not have the agreed form',
      );
      return badResponse;
    };
}
