import type { WindowPolicy } from './window-count.ts';

/** How many requests one client of a tenant may make in one window of time. */
export type QuotaPolicy = WindowPolicy;

/** The closed list of quotas, the shortest window first: a request that the first refuses costs nothing of the next. */
export const quotaNames = ['burst', 'daily'] as const;
export type QuotaName = (typeof quotaNames)[number];
export type QuotaPolicies = Readonly<Record<QuotaName, QuotaPolicy>>;
