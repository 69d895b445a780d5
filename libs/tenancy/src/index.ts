export { compilePolicy, type BlockedPlace, type FieldPolicy } from './policy/compile-policy.ts';
export { type FieldLists } from './policy/field-rules.ts';
export { type Json, type JsonObject } from './policy/json.ts';
export {
  loadTenantDirectory,
  type LiveTenantDirectory,
  type LoadOptions,
} from './directory/load-tenant-directory.ts';
export {
  createQuotas,
  type QuotaOptions,
  type Quotas,
  type QuotaStanding,
  type QuotaVerdict,
} from './quota/quota.ts';
export { withQuotaMetrics } from './quota/with-quota-metrics.ts';
export { createRateLimit, type RateLimit, type RateLimitOptions } from './quota/rate-limit.ts';
export { quotaHeaders } from './quota/quota-headers.ts';
export { type QuotaName, type QuotaPolicies, type QuotaPolicy } from './quota/quota-policy.ts';
export { quotaSettings, quotasFrom } from './quota/quota-settings.ts';
export { mayPatch } from './policy/may-patch.ts';
export { publishTenantDirectory } from './directory/published-directory.ts';
export { requestHost } from './resolution/request-host.ts';
export { resolveTenant, type TenantClaim } from './resolution/resolve-tenant.ts';
export { subdomainOf } from './resolution/subdomain-of.ts';
export { type Tenant } from './directory/tenant.ts';
export { createTenantDirectory, type TenantDirectory } from './directory/tenant-directory.ts';
export { parseTenantId, tenantIdPattern, type TenantId } from './directory/tenant-id.ts';
export { InvalidTenantDirectory, type TenantDirectoryConfig } from './directory/tenant-schema.ts';
export { clientAddress } from './resolution/client-address.ts';
export { trustedProxies, type TrustedProxies } from './resolution/trusted-proxies.ts';
export { tenancyErrors, tenancySettings } from './directory/tenancy-settings.ts';
