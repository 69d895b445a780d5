import { StateReadOnly } from '@bff/service-kit';
import { digest, mintOpaque } from '../opaque.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { AccessTokenNames, Session } from '../session/session.ts';
import type { Now } from '../time.ts';

/** Length of {@link mintOpaque} in characters. */
const handleLength = 43;

/** Returns the handle of the session that an access token belongs to. */
export const handleIn = (accessToken: string): string => accessToken.slice(0, handleLength);

/** Creates the next access token of a session: its handle, and a random part whose digest is stored. */
export const nextAccessToken = (accessToken: string): string => handleIn(accessToken) + mintOpaque();

/**
 * Returns the digests of a session's access tokens after a refresh: the former token stays valid until its
 * announced expiry.
 */
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

/**
 * Records that the response with this access token arrived, so that the preceding refresh token is no longer
 * accepted.
 */
function asUsed(session: Session, hash: string): Session {
  const { confirmation } = session;
  const names = confirmation?.accessTokens;
  if (confirmation === undefined || names?.current !== hash || names.isUsed) return session;
  return { ...session, confirmation: { ...confirmation, accessTokens: { ...names, isUsed: true } } };
}

/**
 * Returns the session of an access token and records a use of session and token; undefined if the token
 * belongs to no session.
 * @param check rejects when the token's binding is not proved; then no use is recorded
 * @throws {StateUnavailable} when the session cannot be read
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
    // A store that refuses writes can still read the session, so its use is permitted without a record (F45).
    if (error instanceof StateReadOnly) return found;
    throw error;
  }
}
