import { randomBytes } from 'node:crypto';
import { StateReadOnly, type StateStore } from '@bff/service-kit';
import { noEndMarks } from '../ending/no-end-marks.ts';
import type { EndMarks } from '../ending/end-marks.ts';
import { targetKeysOf } from '../ending/end-target.ts';
import { digest, isOpaque, mintOpaque } from '../opaque.ts';
import type { Now } from '../time.ts';
import {
  indexEntry,
  indexEntriesOf,
  createSessionIndex,
  type IndexEntry,
  type SessionArea,
  type SubjectName,
} from './session-index.ts';
import type { RollbackWatch } from './rollback-watch.ts';
import { createSessionRecords, type SessionPlace } from './session-records.ts';
import { beganAt, createSelectedSessions, type SelectedSessions } from './selected-sessions.ts';
import { sessionFacts, type Session, type SessionFacts, type SessionOwner } from './session.ts';
import { describeUserAgent } from './user-agent.ts';

export interface SessionStoreOptions {
  readonly store: StateStore;
  /** `session` for cookies, `token` for opaque tokens; the two are separate. */
  readonly kind: SessionArea;
  /** Milliseconds without use after which a session ends. */
  readonly idleMs: number;
  /** Milliseconds after which a session ends in any case. */
  readonly absoluteMs: number;
  /**
   * `idleMs` and `absoluteMs` of sessions that are bound to a DPoP key. default: the same as of other
   * sessions
   */
  readonly bound?: { readonly idleMs: number; readonly absoluteMs: number } | undefined;
  /** Milliseconds after which the provider has to confirm a session; undefined: never. */
  readonly confirmMs?: number | undefined;
  /**
   * Milliseconds for which a session is cached while messages about ended sessions are received. default 0
   */
  readonly keepMs?: number;
  /** Detects lost writes: sessions from before a loss have to be confirmed again. default: not detected */
  readonly rollbacks?: Pick<RollbackWatch, 'lostUntil'> | undefined;
  /** Marks by which operators end sessions. default: operators cannot end sessions of this store */
  readonly marks?: EndMarks | undefined;
  readonly now?: Now;
}

/**
 * Store of sessions. Every method rejects with {@link StateUnavailable} while the store does not respond, so
 * an outage does not look like the end of a session.
 */
export interface SessionStore extends SelectedSessions {
  /**
   * Creates a session and its handle. If a logout arrived during the login, the session has already ended.
   */
  create(
    facts: SessionFacts,
    meta?: { readonly userAgent?: string },
  ): Promise<{ handle: string; session: Session }>;
  /**
   * Returns a session without extending it. An end in another process is seen within milliseconds, at the
   * latest after `keepMs`.
   */
  find(handle: string): Promise<Session | undefined>;
  /** Records a use. Returns the updated session; undefined if it has ended. Writes at most once a minute. */
  touch(handle: string, session: Session): Promise<Session | undefined>;
  /** Returns a session like `find`, but reads the store. */
  reload(handle: string, { home }: SessionOwner): Promise<Session | undefined>;
  /** Changes a stored session. Returns undefined if it has ended. */
  change(
    handle: string,
    { home }: SessionOwner,
    changed: (session: Session) => Session,
  ): Promise<Session | undefined>;
  /** Ends a session. Resolves to false if there was none, which is not an error. */
  end(handle: string): Promise<boolean>;
  endById(owner: SessionOwner, id: string): Promise<boolean>;
  /** Returns the sessions of a user, last used first. */
  list(owner: SessionOwner): Promise<Session[]>;
  /** Ends the sessions of a user. @returns the number of ended sessions */
  endAllOf(owner: SessionOwner, exceptId?: string): Promise<number>;
  /**
   * Ends the sessions of the provider's session `sid` that were issued up to `notAfter` (seconds since 1970,
   * provider's clock).
   */
  endBySid(issuer: string, sid: string, notAfter: number): Promise<number>;
  /**
   * Ends all sessions of a subject, in every tenant, that were issued up to `notAfter`. `name` states whether
   * it is the provider's `sub` or our subject. default `sub`
   */
  endBySub(issuer: string, subject: string, notAfter: number, name?: SubjectName): Promise<number>;
  /**
   * Requires that the provider confirms the sessions of a subject before they are used again, except sessions
   * that began or were confirmed after `notAfter`. Ends sessions that cannot be confirmed.
   * @returns the number of sessions
   */
  confirmBySub(issuer: string, subject: string, notAfter: number, name?: SubjectName): Promise<number>;
  /**
   * Ends the sessions of a subject that have no `sid` and were issued up to `notAfter`. A logout that names a
   * `sid` may mean any of them.
   */
  endBySubWithoutSid(issuer: string, subject: string, notAfter: number): Promise<number>;
  /** Ends the session of a grant, even if the session is still being created. */
  endByGrant(grant: string): Promise<number>;
}

const longestTouchInterval = 60_000;

/** Creates a store of sessions. Stores only a hash of each handle, under the key of the home tenant. */
export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { store, kind, bound = options, confirmMs, keepMs = 0, now = Date.now, marks = noEndMarks } = options;
  const limitsOf = ({ jkt }: SessionFacts) => (jkt === undefined ? options : bound);
  const touchInterval = Math.min(longestTouchInterval, options.idleMs / 4, bound.idleMs / 4);
  const records = createSessionRecords(store, kind, keepMs, now);
  const index = createSessionIndex(store, now);
  const userEntry = ({ issuer, subject, providerSubject = subject }: SessionOwner): IndexEntry =>
    indexEntry(kind, 'sub', issuer, providerSubject);

  /** Requires a confirmation of a session whose end the store may have lost (F47). */
  function confirmationRequired(session: Session): Session {
    const lostUntil = options.rollbacks?.lostUntil ?? 0;
    if (lostUntil === 0) return session;
    const confirmation = session.confirmation ?? { at: session.createdAt, until: Infinity, generation: 0 };
    return confirmation.at > lostUntil
      ? session
      : { ...session, confirmation: { ...confirmation, until: 0 } };
  }

  /** Returns whether an operator ended a session, although its record may still exist. */
  const isEnded = (session: Session): boolean =>
    marks.isEnded(() => targetKeysOf({ ...session, subjects: [] }), beganAt(session));
  const alive = (session: Session | undefined): Session | undefined =>
    session && !isEnded(session) ? confirmationRequired(session) : undefined;

  async function endAt(place: SessionPlace): Promise<boolean> {
    const session = await records.remove(place);
    if (!session) return false;
    const ref = { ...place, endsAt: session.endsAt };
    await Promise.allSettled(indexEntriesOf(kind, session).map((each) => index.remove(each, ref)));
    return true;
  }

  async function sessionsAt(where: IndexEntry): Promise<{ place: SessionPlace; session: Session }[]> {
    const found = (await index.refs(where)).map(async (ref) => {
      const session = await records.read(ref);
      if (!session) await index.remove(where, ref);
      return session ? [{ place: ref, session }] : [];
    });
    return (await Promise.all(found)).flat();
  }

  async function endWhere(where: IndexEntry, chosen: (session: Session) => boolean): Promise<number> {
    const found = (await sessionsAt(where)).filter(({ session }) => chosen(session));
    const ended = await Promise.all(found.map(({ place }) => endAt(place)));
    return ended.filter(Boolean).length;
  }

  /**
   * Stores the end before it removes sessions, while `create` stores a session before it checks for ends. So
   * at least one of two concurrent calls sees what the other has stored.
   */
  async function revoke(where: IndexEntry, notAfter: number): Promise<number> {
    await index.revoke(where, notAfter);
    return endWhere(where, ({ issuedAt }) => issuedAt <= notAfter);
  }

  return {
    async create(facts, { userAgent } = {}) {
      const handle = mintOpaque();
      const at = now();
      const session: Session = {
        ...sessionFacts(facts),
        id: randomBytes(12).toString('base64url'),
        createdAt: at,
        lastSeenAt: at,
        endsAt: at + limitsOf(facts).absoluteMs,
        idleEndsAt: at + limitsOf(facts).idleMs,
        device: describeUserAgent(userAgent),
        ...(confirmMs !== undefined && { confirmation: { at, until: at + confirmMs, generation: 0 } }),
      };
      const ref = { hash: digest(handle), home: facts.home, endsAt: session.endsAt };
      const held = indexEntriesOf(kind, facts);
      await Promise.all([records.write(ref, session), ...held.map((each) => index.add(each, ref))]);
      const overtaken = await Promise.all(held.map((each) => index.isRevoked(each, facts.issuedAt)));
      if (overtaken.includes(true) || isEnded(session)) await endAt(ref);
      return { handle, session };
    },

    find: async (handle) => alive(isOpaque(handle) ? await records.find(digest(handle)) : undefined),

    async touch(handle, session) {
      if (now() - session.lastSeenAt < touchInterval) return session;
      const use = (each: Session) => ({
        ...each,
        lastSeenAt: now(),
        idleEndsAt: now() + limitsOf(session).idleMs,
      });
      try {
        return await records.change({ home: session.home, hash: digest(handle) }, use);
      } catch (error) {
        // A store that refuses writes can still read the session, which is valid until the stored time (F45).
        if (error instanceof StateReadOnly) return session;
        throw error;
      }
    },

    reload: async (handle, { home }) => alive(await records.read({ home, hash: digest(handle) })),
    change: (handle, { home }, changed) => records.change({ home, hash: digest(handle) }, changed),

    async end(handle) {
      const place = isOpaque(handle) ? await records.placeOf(digest(handle)) : undefined;
      return place !== undefined && endAt(place);
    },

    async endById(owner, id) {
      return (await endWhere(userEntry(owner), (each) => each.home === owner.home && each.id === id)) > 0;
    },

    async list(owner) {
      const all = (await sessionsAt(userEntry(owner))).map(({ session }) => session);
      return all
        .filter((session) => session.home === owner.home && !isEnded(session))
        .sort((one, other) => other.lastSeenAt - one.lastSeenAt);
    },

    endAllOf: (owner, exceptId) =>
      endWhere(userEntry(owner), (each) => each.home === owner.home && each.id !== exceptId),
    endBySid: (issuer, sid, notAfter) => revoke(indexEntry(kind, 'sid', issuer, sid), notAfter),
    endBySub: (issuer, subject, notAfter, name = 'sub') =>
      revoke(indexEntry(kind, name, issuer, subject), notAfter),
    async confirmBySub(issuer, subject, notAfter, name = 'sub') {
      const found = (await sessionsAt(indexEntry(kind, name, issuer, subject))).filter(
        ({ session }) => Math.max(session.issuedAt, (session.confirmation?.at ?? 0) / 1000) <= notAfter,
      );
      const changed = await Promise.all(
        found.map(({ place, session }) =>
          session.confirmation ? records.requireConfirmation(place) : endAt(place),
        ),
      );
      return changed.filter(Boolean).length;
    },
    endBySubWithoutSid: (issuer, subject, notAfter) =>
      revoke(indexEntry(kind, 'sub-without-sid', issuer, subject), notAfter),
    ...createSelectedSessions({
      kind,
      marks,
      scan: records.scan,
      sessionsAt,
      revoke: index.revoke,
      endAt,
      isEnded,
    }),
    endByGrant: (grant) => revoke(indexEntry(kind, 'grant', grant), Number.MAX_SAFE_INTEGER),
  };
}
