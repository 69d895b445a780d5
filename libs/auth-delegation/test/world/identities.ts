import { type TenantId } from '@bff/service-kit';
import { type ActingIdentity } from '../../src/index.ts';

export const acme = 'acme' as TenantId;
export const globex = 'globex' as TenantId;

/** Alice of acme, at the given epoch second; her session ends in an hour unless said otherwise. */
export function alice(seconds: number, changes: Partial<ActingIdentity> = {}): ActingIdentity {
  return {
    subject: 'alice',
    tenant: acme,
    tenants: [acme],
    roles: ['member'],
    sessionId: 'session-of-alice',
    authTime: seconds,
    expiresAt: seconds + 3600,
    ...changes,
  };
}
