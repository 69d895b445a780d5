import type { Login } from '../login/id-token.ts';
import type { Confirmation, Session } from '../session/session.ts';

/** Returns whether a login is by the user, and for the home tenant, that the session was created for. */
export const isSameUser = ({ issuer, subject, providerSubject, tenants }: Login, session: Session): boolean =>
  issuer === session.issuer &&
  subject === session.subject &&
  providerSubject === session.providerSubject &&
  tenants.includes(session.home);

/** Returns the session as confirmed, with the claims of `login` where the provider sent an ID token. */
export function confirmedBy(
  session: Session,
  login: Login | undefined,
  { at, until, generation, accessTokens }: Omit<Confirmation, 'changedAt'>,
): Session {
  const { tenants, roles, permissions } = login ?? session;
  const isChanged =
    JSON.stringify([tenants, roles, permissions]) !==
    JSON.stringify([session.tenants, session.roles, session.permissions]);
  const changedAt = isChanged ? at : session.confirmation?.changedAt;
  const confirmation = {
    ...{ at, until, generation },
    ...(changedAt !== undefined && { changedAt }),
    ...(accessTokens && { accessTokens }),
  };
  return { ...session, tenants, roles, permissions, confirmation };
}

/** Returns the session with a later confirmation date, at most `longestMs` after the last confirmation. */
export function extendedUntil(session: Session, until: number, longestMs: number): Session {
  const { confirmation } = session;
  if (!confirmation) return session;
  const latest = Math.min(until, confirmation.at + longestMs);
  return { ...session, confirmation: { ...confirmation, until: Math.max(confirmation.until, latest) } };
}
