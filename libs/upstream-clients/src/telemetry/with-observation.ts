import type { Clock, FailureReason, Logger, Outcome } from '@bff/service-kit';
import type { Call, Stage } from '../pipeline/call.ts';
import type { Instruments } from './instruments.ts';
import type { AnyOperation } from '../pipeline/operation.ts';

type OutcomeLabel = Exclude<Outcome<unknown>['kind'], 'failed'> | FailureReason;

const outcomeLabels = [
  'value',
  'absent',
  'refused',
  'aborted',
  'timeout',
  'open',
  'error',
  'shed',
  'bad-response',
] as const satisfies readonly OutcomeLabel[];

/** Records one duration and one debug line per call, which name the operation and no identity. */
export function withObservation(
  { service: upstream, name: operation }: AnyOperation,
  instruments: Instruments,
  log: Logger,
  clock: Clock,
): Stage {
  const histograms = Object.fromEntries(
    outcomeLabels.map((outcome) => [outcome, instruments.seconds.labels({ upstream, operation, outcome })]),
  ) as Record<OutcomeLabel, ReturnType<Instruments['seconds']['labels']>>;

  return <T>(next: Call<T>): Call<T> =>
    async (request, scope) => {
      const startedAt = clock();
      const result = await next(request, scope);
      const elapsedMs = clock() - startedAt;
      const outcome = result.kind === 'failed' ? result.reason : result.kind;
      histograms[outcome].observe(elapsedMs / 1000);
      if (log.isLevelEnabled('debug'))
        log.debug(
          { upstream, operation, outcome, ms: Math.round(elapsedMs), request_id: scope.requestId },
          'upstream call',
        );
      return result;
    };
}
