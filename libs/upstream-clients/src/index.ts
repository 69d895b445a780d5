export type { BreakerSettings } from './resilience/breaker-settings.ts';
export type { BulkheadSettings } from './resilience/bulkhead-settings.ts';
export type { CacheOptions } from './cache/cache-settings.ts';
export type { Call, CallScope, PreparedRequest, Stage, UpstreamRequest } from './pipeline/call.ts';
export type { BreakerState } from './resilience/circuit-breaker.ts';
export {
  createUpstreamClients,
  type BreakerReport,
  type OperationName,
  type UpstreamClients,
  type UpstreamOptions,
} from './create-upstream-clients.ts';
export type { JsonObject, JsonValue } from './pipeline/json.ts';
export type { LoyaltyClient, LoyaltyTier } from './loyalty-client.ts';
export type {
  Notification,
  NotificationClient,
  NotificationPage,
  UnreadCount,
} from './notification-client.ts';
export type { PageRequest, ServiceName } from './pipeline/operation.ts';
export type { Order, OrderClient, OrderPage } from './order-client.ts';
export type { TlsIdentity } from './transport/transport.ts';
export type { Preferences, User, UserClient } from './user-client.ts';
export { upstreamSettings, upstreamSettingsFaults, upstreamsFrom } from './upstream-settings.ts';
