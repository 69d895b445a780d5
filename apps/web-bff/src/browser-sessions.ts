import type { IncomingMessage } from 'node:http';
import {
  identityOf,
  isConfirmed,
  type Identity,
  type Now,
  type Session,
  type SessionFacts,
  type SessionOwner,
  type SessionStore,
} from '@bff/auth-delegation';
import { Problem } from '@bff/service-kit';
import type { Request, Response } from 'express';
import { revalidationField } from './auth/announce-revalidation.ts';
import type { SessionCookie } from './cookies.ts';

/** Identifies a session without granting access to it. */
export interface SessionName extends SessionOwner {
  readonly id: string;
}

/** Sessions of browsers. A handle leaves the server only in a cookie, or encrypted for its browser. */
export interface BrowserSessions {
  /** Returns whether a request has several session cookies (an attack), for which it counts as logged out. */
  isAmbiguous(request: IncomingMessage): boolean;
  /** Returns the live session of a request without extending it. */
  find(request: IncomingMessage): Promise<Session | undefined>;
  /**
   * Returns the session with its handle, even if it is due for revalidation.
   * @throws {Problem} `not-authenticated`
   */
  requirePresented(request: IncomingMessage): Promise<{ readonly handle: string; readonly session: Session }>;
  /**
   * Returns the session without extending it.
   * @throws {Problem} `not-authenticated`, also if the session is due for revalidation
   */
  require(request: IncomingMessage): Promise<Session>;
  /**
   * Returns the identity and restarts the idle timeout.
   * @throws {Problem} `not-authenticated`
   */
  use(request: IncomingMessage): Promise<Identity>;
  /**
   * Starts a session with a new handle. Ends the session of the request's cookie and the session `replaces`,
   * to prevent session fixation (W6).
   */
  begin(
    request: Request,
    facts: SessionFacts,
    replaces?: SessionName,
  ): Promise<{ readonly handle: string; readonly session: Session }>;
  /** Sets the session cookie. Returns undefined and sets no cookie if the session has ended. */
  present(response: Response, handle: string): Promise<Session | undefined>;
  /**
   * Ends the session of the request's cookie and the session `replaces`, which the login should have
   * replaced, because the provider has ended its own session (F36).
   */
  endReplaced(request: Request, response: Response, replaces?: SessionName): Promise<void>;
  /** Ends the session of the request's cookie and removes the cookie. */
  end(request: Request, response: Response): Promise<void>;
}

/**
 * Creates the sessions. Every method rejects with {@link StateUnavailable} during an outage of the store, and
 * keeps the cookie (W10).
 */
export function createBrowserSessions(store: SessionStore, cookie: SessionCookie, now: Now): BrowserSessions {
  async function presented(request: IncomingMessage) {
    const [handle, ...others] = cookie.values(request);
    if (handle === undefined || others.length > 0) return undefined;
    const session = await store.find(handle);
    return session && { handle, session };
  }
  const find = async (request: IncomingMessage) => (await presented(request))?.session;
  const endPresented = (request: IncomingMessage) =>
    Promise.all(cookie.values(request).map((handle) => store.end(handle)));

  return {
    isAmbiguous: (request) => cookie.values(request).length > 1,
    find,
    require: async (request) => confirmed(requireFound(await find(request)), now),
    requirePresented: async (request) => requireFound(await presented(request)),

    async use(request) {
      const current = await presented(request);
      const session = requireFound(current && (await store.touch(current.handle, current.session)));
      return identityOf(confirmed(session, now));
    },

    async begin(request, facts, replaces) {
      const begun = await store.create(facts, { userAgent: request.headers['user-agent'] });
      await endPresented(request);
      if (replaces) await store.endById(replaces, replaces.id);
      return begun;
    },

    async present(response, handle) {
      const session = await store.find(handle);
      if (session) cookie.set(response, handle);
      return session;
    },

    async endReplaced(request, response, replaces) {
      await endPresented(request);
      if (replaces) await store.endById(replaces, replaces.id);
      cookie.expire(response);
    },

    async end(request, response) {
      await endPresented(request);
      cookie.expire(response);
    },
  };
}

function requireFound<T>(found: T | undefined): T {
  if (!found) throw new Problem('not-authenticated');
  return found;
}

function confirmed(session: Session, now: Now): Session {
  if (isConfirmed(session, now())) return session;
  throw new Problem('not-authenticated', {
    detail: 'The session must be confirmed by the identity provider: POST /auth/revalidate, or log in.',
    headers: revalidationField,
  });
}
