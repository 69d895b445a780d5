import { type TenantId } from '@bff/service-kit';
import { type Identity } from '../identity.ts';

/** Whose sessions: one subject of one provider in one tenant. A {@link Session} is one too. */
export interface SessionOwner {
  readonly home: TenantId;
  readonly issuer: string;
  readonly subject: string;
}

/** What a login has proved. No token of the provider is among it. */
export interface SessionFacts extends SessionOwner {
  readonly tenants: readonly string[];
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  /** The provider's name for its own session (OpenID Connect Front/Back-Channel Logout). */
  readonly sid?: string;
  /** When the user authenticated; epoch seconds. */
  readonly authTime: number;
  /** `iat` of the ID token: by the provider's clock, as are its logout tokens. Epoch seconds. */
  readonly issuedAt: number;
  /** The client that holds the handle, where it is a token. */
  readonly clientId?: string;
  /** Name of the one grant that the handle was given for. */
  readonly grant?: string;
}

export interface Session extends SessionFacts {
  /** Public name, for lists; it opens nothing. */
  readonly id: string;
  /** Epoch milliseconds, as all times below. */
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** The end, however much it is used. */
  readonly endsAt: number;
  /** The end unless it is used before. */
  readonly idleEndsAt: number;
  /** Such as "Firefox on Linux". */
  readonly device: string;
}

/** Returns only the members of a session, whatever else the object holds. Codes stored by older releases lack permissions. */
export function sessionFacts(facts: SessionFacts): SessionFacts {
  const {
    home,
    issuer,
    subject,
    tenants,
    roles,
    permissions = [],
    sid,
    authTime,
    issuedAt,
    clientId,
    grant,
  } = facts;
  return { home, issuer, subject, tenants, roles, permissions, sid, authTime, issuedAt, clientId, grant };
}

/** @param at milliseconds since 1970 */
export const isLive = ({ endsAt, idleEndsAt }: Session, at: number): boolean =>
  at < Math.min(endsAt, idleEndsAt);

/** The authority that the session gives, until it ends one way or the other. */
export function identityOf(session: Session): Identity {
  return {
    subject: session.subject,
    tenants: session.tenants,
    roles: session.roles,
    permissions: session.permissions,
    clientId: session.clientId,
    sessionId: session.id,
    authTime: session.authTime,
    establishedAt: Math.ceil(session.createdAt / 1000),
    expiresAt: Math.floor(Math.min(session.endsAt, session.idleEndsAt) / 1000),
  };
}
