import type { TenantId } from '@bff/service-kit';
import type { EndMarks } from '../ending/end-marks.ts';
import type { EndTarget } from '../ending/end-target.ts';
import { indexEntry, type IndexEntry, type SessionArea } from './session-index.ts';
import type { SessionPlace } from './session-records.ts';
import type { Session } from './session.ts';

/** The sessions of a target that began up to a time. */
export interface SessionSelector {
  readonly target: EndTarget;
  /** Selects sessions that began up to this time, in milliseconds since 1970. */
  readonly before: number;
}

interface Found {
  readonly place: SessionPlace;
  readonly session: Session;
}

export interface SelectedSessionsOptions {
  readonly kind: SessionArea;
  readonly marks: EndMarks;
  /**
   * Visits the sessions of one tenant, or of all, in batches; a visitor that resolves to `false` ends the
   * scan.
   */
  readonly scan: (
    tenant: TenantId | undefined,
    visit: (found: readonly Found[]) => Promise<unknown>,
  ) => Promise<void>;
  readonly sessionsAt: (where: IndexEntry) => Promise<readonly Found[]>;
  readonly revoke: (where: IndexEntry, notAfter: number) => Promise<void>;
  readonly endAt: (place: SessionPlace) => Promise<boolean>;
  readonly isEnded: (session: Session) => boolean;
}

/** Sessions that operators count, list and end without a handle. */
export interface SelectedSessions {
  count(selector: SessionSelector): Promise<number>;
  /** Returns at most `limit` sessions, unsorted. */
  sample(selector: SessionSelector, limit: number): Promise<Session[]>;
  /**
   * Ends the sessions, and those that logins in progress will create. All of them count as ended before the
   * first one is removed, even if the store then fails.
   * @returns the number of removed sessions
   */
  endSelected(selector: SessionSelector): Promise<number>;
}

/** Maximum number of sessions that are ended concurrently; each takes a few commands. */
const endsAtOnce = 50;

export function createSelectedSessions(options: SelectedSessionsOptions): SelectedSessions {
  const { kind, marks, scan, sessionsAt, revoke, endAt, isEnded } = options;

  async function visitAll(
    { target, before }: SessionSelector,
    visit: (found: readonly Found[]) => Promise<unknown>,
  ): Promise<void> {
    const isMeant = ({ session }: Found): boolean => fits(session, target) && beganAt(session) <= before;
    if (target.kind !== 'subject')
      return scan(target.kind === 'tenant' ? target.tenant : undefined, (found) =>
        visit(found.filter(isMeant)),
      );
    const found = (await Promise.all(subjectEntries(kind, target).map(sessionsAt))).flat().filter(isMeant);
    await visit([...new Map(found.map((each) => [each.place.hash, each])).values()]);
  }

  return {
    async count(selector) {
      // Counts ids, because a scan may visit a session twice.
      const ids = new Set<string>();
      await visitAll(selector, async (found) =>
        found.forEach(({ session }) => isEnded(session) || ids.add(session.id)),
      );
      return ids.size;
    },

    async sample(selector, limit) {
      const sample = new Map<string, Session>();
      await visitAll(selector, async (found) => {
        for (const { session } of found) if (!isEnded(session)) sample.set(session.id, session);
        return sample.size < limit;
      });
      return [...sample.values()].slice(0, limit);
    },

    async endSelected(selector) {
      const { target, before } = selector;
      if (target.kind === 'subject')
        for (const each of subjectEntries(kind, target)) await revoke(each, Math.floor(before / 1000));
      else await marks.add(target, before);
      let ended = 0;
      await visitAll(selector, async (found) => {
        for (let at = 0; at < found.length; at += endsAtOnce) {
          const step = found.slice(at, at + endsAtOnce).map(({ place }) => endAt(place));
          ended += (await Promise.all(step)).filter(Boolean).length;
        }
      });
      return ended;
    },
  };
}

/**
 * Returns when a session began, in milliseconds since 1970, to be compared with the time up to which an
 * operator ended sessions. This is the earlier of two times: when the session was created, and when its ID
 * token was issued. A login in progress may create its session after that time with an ID token from before
 * it, and such a session has to end too.
 */
export const beganAt = ({ createdAt, issuedAt }: Session): number => Math.min(createdAt, issuedAt * 1000);

function fits(session: Session, target: EndTarget): boolean {
  switch (target.kind) {
    case 'everybody':
      return true;
    case 'tenant':
      return session.home === target.tenant;
    case 'client':
      return session.clientId === target.clientId;
    case 'subject':
      return (
        session.issuer === target.issuer &&
        [session.subject, session.providerSubject].includes(target.subject)
      );
  }
}

/** Returns the index entries of a subject, which may be the provider's subject of a user or ours. */
const subjectEntries = (
  kind: SessionArea,
  { issuer, subject }: Extract<EndTarget, { kind: 'subject' }>,
): IndexEntry[] => [indexEntry(kind, 'sub', issuer, subject), indexEntry(kind, 'own-sub', issuer, subject)];
