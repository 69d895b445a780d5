import { preTenantKey, type StateKey, type StateStore, type TenantId } from '@bff/service-kit';
import { digestOf } from '../opaque.ts';
import type { Now } from '../time.ts';
import type { SessionFacts } from './session.ts';

export type SessionArea = 'session' | 'token';

/**
 * An index entry by which sessions are found without a handle: their user, the provider's session, or their
 * grant. It is read before the tenant is known, because a logout token contains no tenant. So the entry
 * contains only references, and names are hashed.
 */
export interface IndexEntry {
  readonly refs: StateKey;
  readonly revoked: StateKey;
}

/** Reference to a session. */
export interface SessionRef {
  /** Digest of the handle. */
  readonly hash: string;
  readonly home: TenantId;
  /** When the session ends, in milliseconds since 1970. */
  readonly endsAt: number;
}

/** Whether a user is named by the provider's `sub` or by another claim that is our subject. */
export type SubjectName = 'sub' | 'own-sub';
export type IndexKind = SubjectName | 'sub-without-sid' | 'sid' | 'grant';

/**
 * Milliseconds for which an end of sessions is stored: longer than a login takes that is in progress at that
 * time and may create a session afterwards.
 */
const rememberMs = 15 * 60_000;

export function indexEntry(area: SessionArea, kind: IndexKind, ...names: readonly string[]): IndexEntry {
  const name = digestOf(...names);
  return { refs: preTenantKey(area, kind, name), revoked: preTenantKey('revoked', area, kind, name) };
}

export function indexEntriesOf(
  area: SessionArea,
  { issuer, subject, providerSubject = subject, sid, grant }: SessionFacts,
): readonly IndexEntry[] {
  const entries = [indexEntry(area, 'sub', issuer, providerSubject)];
  // Operators know a user by our subject, which needs an entry of its own if it is not the provider's.
  if (subject !== providerSubject) entries.push(indexEntry(area, 'own-sub', issuer, subject));
  // A logout that names a session also ends those sessions of the user that have no `sid` (F21).
  if (sid === undefined) entries.push(indexEntry(area, 'sub-without-sid', issuer, providerSubject));
  else entries.push(indexEntry(area, 'sid', issuer, sid));
  if (grant !== undefined) entries.push(indexEntry(area, 'grant', grant));
  return entries;
}

export function createSessionIndex(store: StateStore, now: Now) {
  const write = ({ hash, home, endsAt }: SessionRef) => JSON.stringify([hash, home, endsAt]);
  const read = (member: string): SessionRef => {
    const [hash, home, endsAt] = JSON.parse(member) as [string, TenantId, number];
    return { hash, home, endsAt };
  };

  async function refs({ refs: key }: IndexEntry): Promise<SessionRef[]> {
    return (await store.setMembers(key)).map(read);
  }

  async function remove({ refs: key }: IndexEntry, ref: SessionRef): Promise<void> {
    await store.setRemove(key, write(ref));
  }

  return {
    refs,
    remove,

    /** Adds a reference and removes expired ones, which otherwise stay if the user never lists sessions. */
    async add(to: IndexEntry, ref: SessionRef): Promise<void> {
      await store.setAdd(to.refs, write(ref), ref.endsAt - now());
      const over = (await refs(to)).filter(({ endsAt }) => endsAt <= now());
      await Promise.all(over.map((old) => remove(to, old)));
    },

    /** Records that everything issued up to `notAfter` (seconds since 1970, provider's clock) has ended. */
    async revoke({ revoked }: IndexEntry, notAfter: number): Promise<void> {
      const before = await store.get(revoked);
      if (before && Number(before) >= notAfter) return;
      await store.set(revoked, String(notAfter), rememberMs);
    },

    async isRevoked({ revoked }: IndexEntry, issuedAt: number): Promise<boolean> {
      const notAfter = await store.get(revoked);
      return notAfter !== undefined && issuedAt <= Number(notAfter);
    },
  };
}
