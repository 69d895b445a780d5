import type { TenantId } from '@bff/service-kit';
import type { Identity } from '../identity.ts';

/** Whose sessions: one subject of one provider in one tenant. A {@link Session} is one too. */
export interface SessionOwner {
  readonly home: TenantId;
  readonly issuer: string;
  readonly subject: string;
  /** The provider's `sub`, where another claim is the subject (F39). */
  readonly providerSubject?: string;
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
  /** Thumbprint of the key that has to be proved with each use of its tokens (RFC 9449). */
  readonly jkt?: string | undefined;
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
  /** Where the provider has to confirm sessions; absent: this one needs no confirmation. */
  readonly confirmation?: Confirmation;
}

/** That the provider still knows the session. Times are epoch milliseconds. */
export interface Confirmation {
  /** When the provider said so last. */
  readonly at: number;
  /** The session is good for nothing but to be confirmed from then on. */
  readonly until: number;
  /** Of the newest renewal token. */
  readonly generation: number;
  /** When tenants, roles or permissions last changed; absent: never since the login. */
  readonly changedAt?: number;
  /** Of a session whose access token changes with each refresh; absent: it is the handle alone. */
  readonly accessTokens?: AccessTokenNames;
}

/** Digests of the access tokens that are good. */
export interface AccessTokenNames {
  readonly current: string;
  /** Whether the current one was presented, so that the answer that brought it arrived. */
  readonly isUsed?: true;
  readonly former: string;
  readonly formerUntil: number;
}

/** Returns only the members of a session, whatever else the object holds. Codes stored by older releases lack permissions. */
export function sessionFacts(facts: SessionFacts): SessionFacts {
  const {
    home,
    issuer,
    subject,
    providerSubject,
    tenants,
    roles,
    permissions = [],
    sid,
    authTime,
    issuedAt,
    clientId,
    grant,
    jkt,
  } = facts;
  return {
    ...{ home, issuer, subject, providerSubject, tenants, roles, permissions },
    ...{ sid, authTime, issuedAt, clientId, grant, jkt },
  };
}

/** @param at milliseconds since 1970 */
export const isLive = (session: Session, at: number): boolean => at < endOf(session);

/** When the session ends unless it is used; milliseconds since 1970. */
export const endOf = ({ endsAt, idleEndsAt }: Session): number => Math.min(endsAt, idleEndsAt);

/** False: the provider has to confirm the session before it is used. @param at milliseconds since 1970 */
export const isConfirmed = ({ confirmation }: Session, at: number): boolean =>
  confirmation === undefined || at < confirmation.until;

/** Longer than a request takes: one that began before the session was due still calls services in its user's name. */
const longestRequestMs = 30_000;

/** The authority that the session gives to a request that begins now, until it ends or has to be confirmed. */
export function identityOf(session: Session): Identity {
  const { confirmation } = session;
  const dueAt = confirmation === undefined ? Infinity : confirmation.until + longestRequestMs;
  return {
    subject: session.subject,
    tenants: session.tenants,
    roles: session.roles,
    permissions: session.permissions,
    clientId: session.clientId,
    sessionId: session.id,
    authTime: session.authTime,
    establishedAt: Math.ceil((confirmation?.changedAt ?? session.createdAt) / 1000),
    expiresAt: Math.floor(Math.min(endOf(session), dueAt) / 1000),
    ...(confirmation && { revalidateAt: revalidateAt(session.id, confirmation) }),
  };
}

/** Between 60 and 90 percent of the interval: sessions that began together are not confirmed together. */
function revalidateAt(id: string, { at, until }: Confirmation): number {
  const spread = (id.charCodeAt(0) % 32) / 32;
  return at + (until - at) * (0.6 + 0.3 * spread);
}
