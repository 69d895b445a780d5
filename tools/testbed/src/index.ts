export { aptGet, ensureCommand, onPath } from './ensure-command.ts';
export { buildPage } from './build-page.ts';
export { freePort, isTaken } from './free-port.ts';
export { startRedis, type TestRedis } from './redis.ts';
export { clientTypes } from './openapi-client-types.ts';
export { breakingChanges } from './openapi-compatibility.ts';
export { lintOpenApi } from './openapi-lint.ts';
export { spanTree, startOtlpCollector, type CollectedSpan, type OtlpCollector } from './otlp-collector.ts';
