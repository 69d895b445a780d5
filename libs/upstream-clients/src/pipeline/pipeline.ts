import type { Clock, Logger, Tracing } from '@bff/service-kit';
import { acceptFor } from './accept.ts';
import type { Bulkhead } from '../resilience/bulkhead.ts';
import type { Call, ClientCall } from './call.ts';
import type { CircuitBreaker } from '../resilience/circuit-breaker.ts';
import type { ReportFault } from '../telemetry/report-faults.ts';
import { counterOf, type Instruments } from '../telemetry/instruments.ts';
import type { AnyOperation, ReadOperation } from './operation.ts';
import { OperationCache, type CacheParts } from '../cache/operation-cache.ts';
import { prepare } from './prepare.ts';
import type { RecentWrites } from '../cache/recent-writes.ts';
import type { RetryBudget } from '../resilience/retry-budget.ts';
import type { Transport } from '../transport/transport.ts';
import { withBreaker } from '../resilience/with-breaker.ts';
import { withBulkhead } from '../resilience/with-bulkhead.ts';
import { withProjection } from './with-projection.ts';
import { withDeadline } from './with-deadline.ts';
import { withObservation } from '../telemetry/with-observation.ts';
import { withRecordedWrite } from '../cache/with-recorded-write.ts';
import { withResponseCache } from '../cache/with-response-cache.ts';
import { withRetry } from '../resilience/with-retry.ts';
import { withSingleFlight } from './with-single-flight.ts';
import { withSpan, withTrySpan } from '../telemetry/with-span.ts';

export interface PipelineParts {
  readonly transport: Transport;
  /** Audience of the internal tokens. */
  readonly audience: string;
  readonly breaker: CircuitBreaker;
  readonly bulkhead: Bulkhead;
  readonly retryBudget: RetryBudget;
  readonly retries: number;
  readonly writes: RecentWrites;
  readonly random: () => number;
  /** The cache; undefined when it is switched off. */
  readonly cache: CacheParts | undefined;
  readonly instruments: Instruments;
  readonly log: Logger;
  readonly reportFault: ReportFault;
  readonly clock: Clock;
  /** Tracer for the spans of calls; undefined when traces are not exported. */
  readonly tracing: Tracing | undefined;
}

/**
 * Composes the stages of an operation, outermost first; docs/adr/0007 and 0019 explain the order. Called once
 * per operation, at start.
 */
export function compile<T>(operation: AnyOperation, parts: PipelineParts): ClientCall<T> {
  const { transport, audience, breaker, bulkhead, retryBudget, retries, writes, random, cache } = parts;
  const { instruments, log, clock, tracing, reportFault } = parts;
  const { budgetMs } = operation;
  const count = counterOf(operation, instruments);
  const reads = operation.method === 'GET';
  const operationCache =
    reads && cache ? new OperationCache<T>(operation as ReadOperation<T>, cache, writes, clock) : undefined;

  const stages: readonly (((next: Call<T>) => Call<T>) | undefined)[] = [
    tracing && withSpan(operation, tracing),
    operationCache ? withResponseCache({ cache: operationCache, budgetMs, clock, count, log }) : undefined,
    withObservation(operation, instruments, log, clock),
    withDeadline(budgetMs),
    reads
      ? withSingleFlight({ audience, writes, clock, count })
      : withRecordedWrite(writes, cache?.shared, clock),
    reads ? withProjection : undefined,
    withRetry({ retries, isSafe: reads, breaker, budget: retryBudget, random, count }),
    withBreaker(breaker, budgetMs),
    withBulkhead(bulkhead, budgetMs, clock, count),
    tracing && withTrySpan(operation, tracing),
  ];
  const answer = transport.callFor(operation, acceptFor<T>(operation), (fault, scope) =>
    reportFault(operation, fault, scope),
  );
  return prepare(
    operation,
    stages.filter((stage) => stage !== undefined).reduceRight((next, stage) => stage(next), answer),
  );
}
