import type { WindowPolicy } from './window-count.ts';

/** Number of requests that one client of a tenant may make in one window. */
export type QuotaPolicy = WindowPolicy;

/**
 * The closed list of quotas, shortest window first: a request that one quota rejects is not counted by the
 * next one.
 */
export const quotaNames = ['burst', 'daily'] as const;
export type QuotaName = (typeof quotaNames)[number];
export type QuotaPolicies = Readonly<Record<QuotaName, QuotaPolicy>>;
