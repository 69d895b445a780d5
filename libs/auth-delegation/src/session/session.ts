import type { TenantId } from '@bff/service-kit';
import type { Identity } from '../identity.ts';

/** Owner of sessions: one subject of one provider in one tenant. A {@link Session} also has these members. */
export interface SessionOwner {
  readonly home: TenantId;
  readonly issuer: string;
  readonly subject: string;
  /** The provider's claim `sub`; undefined if it equals `subject` (F39). */
  readonly providerSubject?: string;
}

/** Facts of a login. They contain no token of the provider. */
export interface SessionFacts extends SessionOwner {
  readonly tenants: readonly string[];
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  /** The provider's session id (OpenID Connect Front/Back-Channel Logout). */
  readonly sid?: string;
  /** When the user authenticated, in seconds since 1970. */
  readonly authTime: number;
  /** `iat` of the ID token in seconds since 1970, by the provider's clock like its logout tokens. */
  readonly issuedAt: number;
  /** Client that the handle was issued to, if the handle is an opaque token. */
  readonly clientId?: string;
  /** Id of the grant that the handle was issued for. */
  readonly grant?: string;
  /** Thumbprint of the key that has to be proved with each use of its tokens (RFC 9449). */
  readonly jkt?: string | undefined;
}

export interface Session extends SessionFacts {
  /** Public id for lists, which cannot be used as a handle. */
  readonly id: string;
  /** When the session was created, in milliseconds since 1970, like the times below. */
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** Absolute end, independent of use. */
  readonly endsAt: number;
  /** End of the session if it is not used until then. */
  readonly idleEndsAt: number;
  /** Description such as "Firefox on Linux". */
  readonly device: string;
  /** Confirmation by the provider; undefined if this session needs none. */
  readonly confirmation?: Confirmation;
}

/** State of the confirmation by the provider. Times are milliseconds since 1970. */
export interface Confirmation {
  /** Last confirmation. */
  readonly at: number;
  /** From this time on, the provider has to confirm the session before it can be used. */
  readonly until: number;
  /** Number of the newest renewal token. */
  readonly generation: number;
  /** When tenants, roles or permissions last changed; undefined: not since the login. */
  readonly changedAt?: number;
  /** Access tokens that change with each refresh; undefined: the handle is the access token. */
  readonly accessTokens?: AccessTokenNames;
}

/** Digests of the valid access tokens. */
export interface AccessTokenNames {
  readonly current: string;
  /** Whether a client presented the current token, which proves that the response with it arrived. */
  readonly isUsed?: true;
  readonly former: string;
  readonly formerUntil: number;
}

/** Returns only the members of {@link SessionFacts}. Codes that older releases stored lack permissions. */
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

/** Returns whether a session has not ended. @param at milliseconds since 1970 */
export const isLive = (session: Session, at: number): boolean => at < endOf(session);

/** Returns when the session ends without further use, in milliseconds since 1970. */
export const endOf = ({ endsAt, idleEndsAt }: Session): number => Math.min(endsAt, idleEndsAt);

/** Returns false if the provider has to confirm the session before use. @param at milliseconds since 1970 */
export const isConfirmed = ({ confirmation }: Session, at: number): boolean =>
  confirmation === undefined || at < confirmation.until;

/**
 * Maximum duration of a request in milliseconds. For that time, a request that began before the confirmation
 * was due may still call services.
 */
const longestRequestMs = 30_000;

/**
 * Returns the identity of a session for a request that begins now. It expires when the session ends, or when
 * a request that begins before the confirmation is due must have ended.
 */
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

/**
 * Returns a time at 60 to 90 percent of the interval, so that sessions that began together are not confirmed
 * together.
 */
function revalidateAt(id: string, { at, until }: Confirmation): number {
  const spread = (id.charCodeAt(0) % 32) / 32;
  return at + (until - at) * (0.6 + 0.3 * spread);
}
