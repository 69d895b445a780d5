import { StateReadOnly } from '@bff/service-kit';
import { digest, mintOpaque } from '../opaque.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { AccessTokenNames, Session } from '../session/session.ts';
import type { Now } from '../time.ts';

/** Characters of {@link mintOpaque}. */
const handleLength = 43;

/** The handle of the session that an access token speaks for. */
export const handleIn = (accessToken: string): string => accessToken.slice(0, handleLength);

/** The next access token of a session: its handle, and a part that the store knows the digest of. */
export const nextAccessToken = (accessToken: string): string => handleIn(accessToken) + mintOpaque();

/** Which access tokens a session has after a refresh: the former one is good for as long as its client was told. */
export const namesAfter = ({ confirmation }: Session, former: string, next: string): AccessTokenNames => ({
  current: digest(next),
  former: digest(former),
  formerUntil: confirmation?.until ?? 0,
});

function isCurrent({ confirmation }: Session, accessToken: string, at: number): boolean {
  const names = confirmation?.accessTokens;
  if (names === undefined) return accessToken.length === handleLength;
  const hash = digest(accessToken);
  return hash === names.current || (hash === names.former && at < names.formerUntil);
}

/** Notes that an answer with this access token has arrived: the refresh token before it is of no use to an honest client. */
function asUsed(session: Session, hash: string): Session {
  const { confirmation } = session;
  const names = confirmation?.accessTokens;
  if (confirmation === undefined || names?.current !== hash || names.isUsed) return session;
  return { ...session, confirmation: { ...confirmation, accessTokens: { ...names, isUsed: true } } };
}

/**
 * The session that an access token speaks for; that counts as use of both. Undefined where there is none.
 *
 * @param check rejects where whoever shows the token may not use it; that is no use then
 * @throws {StateUnavailable} while it cannot be known
 */
export async function useAccessToken(
  sessions: SessionStore,
  accessToken: string,
  now: Now,
  check: (session: Session) => Promise<void> | void,
): Promise<Session | undefined> {
  const handle = handleIn(accessToken);
  const found = await sessions.find(handle);
  if (!found || !isCurrent(found, accessToken, now())) return undefined;
  await check(found);
  const hash = digest(accessToken);
  try {
    const session =
      asUsed(found, hash) === found
        ? found
        : await sessions.change(handle, found, (each) => asUsed(each, hash));
    return session && (await sessions.touch(handle, session));
  } catch (error) {
    // As a touch: a store that takes no writes still knows the session (F45).
    if (error instanceof StateReadOnly) return found;
    throw error;
  }
}
