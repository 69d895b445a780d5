export { createContentMac, type ContentMac } from './content-mac.ts';
export { Deadline, monotonicClock, type Clock } from './deadline.ts';
export { createHttpServer, type HttpLimits } from './http-server.ts';
export { preTenantKey, stateKey, type StateArea, type StateKey, type TenantId } from './ids.ts';
export { createLoadShedding, type LoadShedding, type LoadSheddingOptions } from './load-shedding.ts';
export { createLogger, logLevels, type Logger, type LogLevel } from './logger.ts';
export { createMemoryStore } from './memory-store.ts';
export { childrenOf } from './children-of.ts';
export { createMetrics, type Counter, type Gauge, type Histogram, type Metrics } from './metrics.ts';
export { openStore } from './open-store.ts';
export { mapOutcome, type CacheUse, type Degradation, type FailureReason, type Outcome } from './outcome.ts';
export {
  Problem,
  problemBody,
  problemTypes,
  type ProblemBody,
  type ProblemOptions,
  type ProblemType,
} from './problem.ts';
export { RecentlyUsed } from './recently-used.ts';
export { ShortLivedMap } from './short-lived-map.ts';
export { createRedisStore, type RedisStoreOptions } from './redis-store.ts';
export {
  contextOf,
  findContext,
  observeScreen,
  withRequestContext,
  type RequestContext,
  type RequestFacts,
} from './request-context.ts';
export { run, type Program } from './run.ts';
export { PortTaken, startService, type Service, type ServiceOptions } from './service.ts';
export { serviceFaults, serviceSettings } from './service-settings.ts';
export { flag, httpUrl, integer, isProduction, list, oneOf, port, ratio, readSettings, SettingsError, text, type Environment, type Setting, type SettingValues } from './settings.ts'; // prettier-ignore
export {
  StateFull,
  StateUnavailable,
  type Listening,
  type StateStore,
  type StateTopic,
} from './state-store.ts';
export { startTracing, type Span, type SpanAttributes, type Tracing } from './tracing.ts';
