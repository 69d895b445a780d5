import type { EndMarks } from '../ending/end-marks.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { NamedUser } from './subject-identifiers.ts';

/**
 * Actions that signals cause. Sessions and tokens that began after `notAfter` (seconds since 1970) are not
 * affected. Each action returns the number of affected sessions, if known.
 */
export interface SignalActions {
  /** Ends the sessions that have this `sid` of the provider, and those of `users` without a `sid` (F21). */
  endSession(sid: string, users: readonly NamedUser[], notAfter: number): Promise<number>;
  endUser(user: NamedUser, notAfter: number): Promise<number>;
  /**
   * Makes changed claims of a user take effect: sessions have to be confirmed at the provider, access tokens
   * end.
   */
  confirmUser(user: NamedUser, notAfter: number): Promise<number>;
}

/** Creates the actions of an app that keeps sessions. @param issuer the issuer of the ID tokens */
export const sessionSignals = (sessions: SessionStore, issuer: string): SignalActions => ({
  async endSession(sid, users, notAfter) {
    let ended = await sessions.endBySid(issuer, sid, notAfter);
    for (const { name, id } of users)
      if (name === 'sub') ended += await sessions.endBySubWithoutSid(issuer, id, notAfter);
    return ended;
  },
  endUser: ({ name, id }, notAfter) => sessions.endBySub(issuer, id, notAfter, name),
  confirmUser: ({ name, id }, notAfter) => sessions.confirmBySub(issuer, id, notAfter, name),
});

/**
 * Creates the actions of an app whose clients present the provider's access tokens. Every action ends all
 * tokens of a user that were issued up to `notAfter`: access tokens do not name the provider's session, and
 * the claims of an issued token cannot be updated.
 */
export function tokenSignals(marks: Pick<EndMarks, 'add'>, issuer: string): SignalActions {
  async function end({ id }: NamedUser, notAfter: number): Promise<number> {
    await marks.add({ kind: 'subject', issuer, subject: id }, notAfter * 1000);
    return 1;
  }
  return {
    async endSession(_sid, users, notAfter) {
      for (const user of users) await end(user, notAfter);
      return users.length;
    },
    endUser: end,
    confirmUser: end,
  };
}
