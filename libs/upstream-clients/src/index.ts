export type { CacheOptions } from './cache/cache-settings.ts';
export {
  createUpstreamClients,
  type BreakerReport,
  type CallOf,
  type ClientsOf,
  type UpstreamOptions,
  type Upstreams,
} from './create-upstream-clients.ts';
export type {
  Call,
  CallOptions,
  CallScope,
  ClientCall,
  ParameterValue,
  PreparedRequest,
  Projection,
  Stage,
} from './pipeline/call.ts';
export { jsonObject, type JsonObject, type JsonValue } from './pipeline/json.ts';
export type {
  AnyOperation,
  BodyOf,
  Delimiter,
  InputOf,
  Method,
  Operation,
  OutputOf,
} from './pipeline/operation.ts';
export type { BreakerSettings } from './resilience/breaker-settings.ts';
export type { BulkheadSettings } from './resilience/bulkhead-settings.ts';
export type { BreakerState } from './resilience/circuit-breaker.ts';
export { createFakeUpstreams, type FakeUpstreams } from './sample/fake-upstreams.ts';
export { jsonSchemaOf, plain, type JsonSchema, type PlainSchema } from './sample/json-schema.ts';
export { sampleOf } from './sample/sample-of.ts';
export { del, get, patch, post, put, type OperationOptions } from './service/operations.ts';
export { addressVariable, clientName, servicesOf, type ServiceRegistry } from './service/registry.ts';
export { info, service, type Service, type ServiceInfo, type ServiceOptions } from './service/service.ts';
export {
  addressesFrom,
  upstreamSettings,
  upstreamSettingsErrors,
  upstreamsFrom,
} from './upstream-settings.ts';
