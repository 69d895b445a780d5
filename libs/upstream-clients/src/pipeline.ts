import type { Clock, Logger } from '@bff/service-kit';
import type { Call, Stage } from './call.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Instruments } from './instruments.ts';
import type { Operation } from './operation.ts';
import type { Transport } from './transport.ts';
import { withBreaker } from './with-breaker.ts';
import { withDeadline } from './with-deadline.ts';
import { withObservation } from './with-observation.ts';
import { withValidation } from './with-validation.ts';

export interface PipelineParts {
  readonly transport: Transport;
  readonly breaker: CircuitBreaker;
  readonly instruments: Instruments;
  readonly log: Logger;
  readonly clock: Clock;
}

/** What happens to every call of an operation, outermost first. Compiled once, at start. */
export function compile<T>(
  operation: Operation<T>,
  { transport, breaker, instruments, log, clock }: PipelineParts,
): Call<T> {
  const stages: readonly Stage[] = [
    withObservation(operation, instruments, log, clock),
    withDeadline(operation.budgetMs),
    withBreaker(breaker),
  ];
  // Inside the breaker: an upstream whose answers have the wrong form does not work.
  const call = withValidation(operation, log)(transport.callFor(operation));
  return stages.reduceRight((next, stage) => stage(next), call);
}
