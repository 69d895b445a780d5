export { Deadline, monotonicClock, type Clock } from './deadline.ts';
export { preTenantKey, stateKey, type StateArea, type StateKey, type TenantId } from './ids.ts';
export { createLogger, logLevels, type Logger, type LogLevel } from './logger.ts';
export { createMetrics, type Counter, type Gauge, type Histogram, type Metrics } from './metrics.ts';
export { mapOutcome, type Degradation, type FailureReason, type Outcome } from './outcome.ts';
export {
  Problem,
  problemBody,
  problemTypes,
  type ProblemBody,
  type ProblemOptions,
  type ProblemType,
} from './problem.ts';
export { contextOf, withRequestContext, type RequestContext } from './request-context.ts';
export { StateUnavailable, type StateStore } from './state-store.ts';
