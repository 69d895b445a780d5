export type { BreakerSettings } from './breaker-settings.ts';
export type { BulkheadSettings } from './bulkhead-settings.ts';
export type { CacheOptions } from './cache-settings.ts';
export type { Call, CallScope, PreparedRequest, Stage, UpstreamRequest } from './call.ts';
export type { BreakerState } from './circuit-breaker.ts';
export {
  createUpstreamClients,
  type BreakerReport,
  type OperationName,
  type UpstreamClients,
  type UpstreamOptions,
} from './create-upstream-clients.ts';
export type { JsonObject, JsonValue } from './json.ts';
export type { LoyaltyClient, LoyaltyTier } from './loyalty-client.ts';
export type {
  Notification,
  NotificationClient,
  NotificationPage,
  UnreadCount,
} from './notification-client.ts';
export type { PageRequest, ServiceName } from './operation.ts';
export type { Order, OrderClient, OrderPage } from './order-client.ts';
export type { TlsIdentity } from './transport.ts';
export type { Preferences, User, UserClient } from './user-client.ts';
export { upstreamSettings, upstreamSettingsFaults, upstreamsFrom } from './upstream-settings.ts';
