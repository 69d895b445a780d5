import {
  createSessionStore,
  type SessionFacts,
  type SessionStore,
  type SessionStoreOptions,
} from '@bff/auth-delegation';
import type { StateStore, TenantId } from '@bff/service-kit';

/** Identifier of the identity provider at which the users logged in. */
export const issuerId = 'https://idp.example';
const dayMs = 86_400_000;

/**
 * Creates a session store whose sessions neither expire nor need a confirmation during a run. There is no
 * cache: each request reads its session from the store.
 */
export const sessionsIn = (store: StateStore, kind: SessionStoreOptions['kind']): SessionStore =>
  createSessionStore({ store, kind, idleMs: dayMs, absoluteMs: dayMs, confirmMs: dayMs });

/** Returns the session data of a user who logs in now. */
export function loginOf(subject: string, tenant: string): SessionFacts {
  const home = tenant as TenantId;
  const now = Math.floor(Date.now() / 1_000);
  return {
    home,
    issuer: issuerId,
    subject,
    tenants: [home],
    roles: ['user'],
    permissions: [],
    authTime: now,
    issuedAt: now,
  };
}

const cookieName = '__Host-bff=';
/** Returns the cookie with the name that web-bff uses. */
export const cookieOf = (handle: string): string => cookieName + handle;
export const handleOf = (cookie = ''): string => cookie.slice(cookieName.length);
