import type { TenantId } from '@bff/service-kit';
import type { ActingIdentity } from '../../src/index.ts';

export const t1 = 't1' as TenantId;
export const t2 = 't2' as TenantId;

/**
 * Creates the user `u1` of the tenant `t1` at a time in seconds since 1970; the session ends an hour later by
 * default.
 */
export function actingUser(seconds: number, changes: Partial<ActingIdentity> = {}): ActingIdentity {
  return {
    subject: 'u1',
    tenant: t1,
    tenants: [t1],
    roles: ['member'],
    permissions: [],
    sessionId: 'session-of-u1',
    authTime: seconds,
    expiresAt: seconds + 3600,
    ...changes,
  };
}
