export { compilePolicy, type FieldPolicy } from './compile-policy.ts';
export { type FieldLists } from './field-rules.ts';
export { type Json, type JsonObject } from './json.ts';
export { loadTenantDirectory, type LiveTenantDirectory, type LoadOptions } from './load-tenant-directory.ts';
export {
  createQuotas,
  type QuotaOptions,
  type Quotas,
  type QuotaStanding,
  type QuotaVerdict,
} from './quota.ts';
export { countedQuotas } from './counted-quotas.ts';
export { quotaHeaders } from './quota-headers.ts';
export { type QuotaName, type QuotaPolicies, type QuotaPolicy } from './quota-policy.ts';
export { quotaSettings, quotasFrom } from './quota-settings.ts';
export { mayPatch } from './may-patch.ts';
export { publishTenantDirectory } from './published-directory.ts';
export { requestHost } from './request-host.ts';
export { resolveTenant, type TenantClaim } from './resolve-tenant.ts';
export { subdomainOf } from './subdomain-of.ts';
export { type Tenant } from './tenant.ts';
export { createTenantDirectory, type TenantDirectory } from './tenant-directory.ts';
export { parseTenantId, type TenantId } from './tenant-id.ts';
export { InvalidTenantDirectory, type TenantDirectoryConfig } from './tenant-schema.ts';
export { trustedProxies, type TrustedProxies } from './trusted-proxies.ts';
export { tenancyFaults, tenancySettings } from './tenancy-settings.ts';
