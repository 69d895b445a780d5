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

/** Names a session of somebody; opens nothing. */
export interface SessionName extends SessionOwner {
  readonly id: string;
}

/** The sessions of browsers: what the cookie stands for. No handle leaves the server but in a cookie, or sealed for its browser. */
export interface BrowserSessions {
  /** More than one cookie of the name: an attack or a broken client, and nobody is logged in by it. */
  isAmbiguous(request: IncomingMessage): boolean;
  /** The live session of a request. Reading extends nothing. */
  find(request: IncomingMessage): Promise<Session | undefined>;
  /** As `find`, with its handle, even when the provider has to confirm it. @throws {Problem} `not-authenticated` */
  requirePresented(request: IncomingMessage): Promise<{ readonly handle: string; readonly session: Session }>;
  /** As `find`. @throws {Problem} `not-authenticated`, also while the provider has to confirm the session */
  require(request: IncomingMessage): Promise<Session>;
  /** Who uses the session; its idle time begins again. @throws {Problem} `not-authenticated` */
  use(request: IncomingMessage): Promise<Identity>;
  /** A session under a new handle. What the browser presents, and what the new one replaces, is dead (W6). */
  begin(
    request: Request,
    facts: SessionFacts,
    replaces?: SessionName,
  ): Promise<{ readonly handle: string; readonly session: Session }>;
  /** Gives the browser the handle. Undefined, and nothing is set, when its session has ended. */
  present(response: Response, handle: string): Promise<Session | undefined>;
  /** Ends whatever the browser presents and what a login was to replace, because the provider knows neither any more (F36). */
  endReplaced(request: Request, response: Response, replaces?: SessionName): Promise<void>;
  /** Ends whatever the browser presents, and takes its cookie away. */
  end(request: Request, response: Response): Promise<void>;
}

/** Every method rejects with {@link StateUnavailable} while the store is away, and then leaves the cookie alone (W10). */
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
    require: async (request) => confirmed(orRefuse(await find(request)), now),
    requirePresented: async (request) => orRefuse(await presented(request)),

    async use(request) {
      const current = await presented(request);
      const session = orRefuse(current && (await store.touch(current.handle, current.session)));
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

function orRefuse<T>(found: T | undefined): T {
  if (!found) throw new Problem('not-authenticated');
  return found;
}

function confirmed(session: Session, now: Now): Session {
  if (isConfirmed(session, now())) return session;
  throw new Problem('not-authenticated', {
    detail: 'The identity provider has to confirm the session: POST /auth/revalidate, or log in.',
    headers: revalidationField,
  });
}
