export { createContentMac, type ContentMac } from './core/content-mac.ts';
export { Deadline, monotonicClock, type Clock } from './core/deadline.ts';
export { isExactNumber } from './core/exact-number.ts';
export { createHttpServer, type HttpLimits } from './http/http-server.ts';
export { FairQueue, type FairQueueOptions } from './core/fair-queue.ts';
export { formatHttpDate, parseHttpDate } from './core/http-date.ts';
export {
  isKeyOf,
  preTenantKey,
  stateKey,
  tenantOf,
  type StateArea,
  type StateKey,
  type TenantId,
} from './core/ids.ts';
export { jsonByMembers, jsonText } from './core/json-text.ts';
export {
  createLoadShedding,
  type LoadShedding,
  type LoadSheddingOptions,
} from './admission/load-shedding.ts';
export { networkOf } from './admission/network-of.ts';
export { chargeLoop, loopAccountOf, type LoopAccount } from './admission/loop-time.ts';
export { createLogger, logLevels, type Logger, type LogLevel } from './telemetry/logger.ts';
export { createMemoryStore } from './state/memory-store.ts';
export { cachedLabels } from './telemetry/cached-labels.ts';
export {
  createMetrics,
  type Counter,
  type Gauge,
  type Histogram,
  type Metrics,
} from './telemetry/metrics.ts';
export { openStore, type StoreSettings } from './state/open-store.ts';
export {
  mapOutcome,
  type CacheUse,
  type Degradation,
  type FailureReason,
  type PartialLoss,
  type Outcome,
} from './core/outcome.ts';
export {
  Problem,
  problemBody,
  problemTypes,
  type ProblemBody,
  type ProblemOptions,
  type ProblemType,
} from './core/problem.ts';
export { instanceOf } from './http/problem-instance.ts';
export { requestTarget, type RequestTarget } from './http/request-target.ts';
export { LruCache } from './core/lru-cache.ts';
export { isSameSecret } from './core/same-secret.ts';
export { ShortLivedMap } from './core/short-lived-map.ts';
export { createRedisStore, type RedisStoreOptions } from './state/redis-store.ts';
export {
  contextOf,
  findContext,
  observeScreen,
  withRequestContext,
  type RequestContext,
  type RequestFacts,
} from './http/request-context.ts';
export { type ManagementOperations, type Operation } from './http/management-operations.ts';
export {
  connectInMemory,
  createInMemoryClient,
  type InMemoryAnswer,
  type InMemoryClient,
  type InMemoryRequest,
} from './warm-up/in-memory.ts';
export { requestListener } from './http/request-listener.ts';
export { inTurn, type Rehearsal, type WarmUpStep } from './warm-up/rehearsal.ts';
export { warmUp, warmUpCommand, warmUpOption, type WarmUpOptions } from './warm-up/warm-up.ts';
export { run, type Program } from './process/run.ts';
export { httpOrigin, listen, PortTaken } from './process/listen.ts';
export { startService, type Service, type ServiceOptions } from './process/service.ts';
export { serviceErrors, serviceSettings } from './config/service-settings.ts';
export { readTls, tlsErrors, tlsSettings, type TlsFiles, type TlsValues } from './config/tls-settings.ts';
export {
  flag,
  httpUrl,
  publicUrl,
  integer,
  isProduction,
  list,
  oneOf,
  port,
  ratio,
  readSettings,
  SettingsError,
  text,
  type Environment,
  type Setting,
  type SettingValues,
} from './config/settings.ts';
export {
  StateFull,
  StateReadOnly,
  StateUnavailable,
  type LimitedCounter,
  type Listening,
  type StateStore,
  type StateTopic,
  type VisitKeys,
} from './state/state-store.ts';
export { startTracing } from './telemetry/start-tracing.ts';
export { type Span, type SpanAttributes, type Tracing } from './telemetry/tracing.ts';
