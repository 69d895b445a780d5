import { preTenantKey, type StateKey, type StateStore, type TenantId } from '@bff/service-kit';
import { digestOf } from '../opaque.ts';
import type { Now } from '../time.ts';
import type { SessionFacts } from './session.ts';

export type SessionArea = 'session' | 'token';

/**
 * Something by which sessions are found and ended when nobody shows a handle: their user, the provider's session, the
 * grant they were made from. Looked up before a tenant is known, since a logout token names none; hence only references
 * are kept under it, and the names are hashed.
 */
export interface Anchor {
  readonly refs: StateKey;
  readonly revoked: StateKey;
}

/** Where a session is. */
export interface SessionRef {
  /** Digest of the handle. */
  readonly hash: string;
  readonly home: TenantId;
  /** Epoch milliseconds. */
  readonly endsAt: number;
}

/** Whether a user is named as the provider's `sub` does it, or by our name where that is another one. */
export type SubjectName = 'sub' | 'own-sub';
export type AnchorKind = SubjectName | 'sub-without-sid' | 'sid' | 'grant';

/** How long an end is remembered: longer than a login can be under way with an ID token that was issued before. */
const rememberMs = 15 * 60_000;

export function anchor(area: SessionArea, kind: AnchorKind, ...names: readonly string[]): Anchor {
  const name = digestOf(...names);
  return { refs: preTenantKey(area, kind, name), revoked: preTenantKey('revoked', area, kind, name) };
}

export function anchorsOf(
  area: SessionArea,
  { issuer, subject, providerSubject = subject, sid, grant }: SessionFacts,
): readonly Anchor[] {
  const anchors = [anchor(area, 'sub', issuer, providerSubject)];
  // An operator knows our name of the user, where it is not the provider's.
  if (subject !== providerSubject) anchors.push(anchor(area, 'own-sub', issuer, subject));
  // A logout that names a session ends those of its user that the provider did not name (F21).
  if (sid === undefined) anchors.push(anchor(area, 'sub-without-sid', issuer, providerSubject));
  else anchors.push(anchor(area, 'sid', issuer, sid));
  if (grant !== undefined) anchors.push(anchor(area, 'grant', grant));
  return anchors;
}

export function createAnchorStore(store: StateStore, now: Now) {
  const write = ({ hash, home, endsAt }: SessionRef) => JSON.stringify([hash, home, endsAt]);
  const read = (member: string): SessionRef => {
    const [hash, home, endsAt] = JSON.parse(member) as [string, TenantId, number];
    return { hash, home, endsAt };
  };

  async function refs({ refs: key }: Anchor): Promise<SessionRef[]> {
    return (await store.setMembers(key)).map(read);
  }

  async function remove({ refs: key }: Anchor, ref: SessionRef): Promise<void> {
    await store.setRemove(key, write(ref));
  }

  return {
    refs,
    remove,

    /** Adds a reference, and drops those whose time is over: nothing else would, for a user who never looks at the list. */
    async add(to: Anchor, ref: SessionRef): Promise<void> {
      await store.setAdd(to.refs, write(ref), ref.endsAt - now());
      const over = (await refs(to)).filter(({ endsAt }) => endsAt <= now());
      await Promise.all(over.map((old) => remove(to, old)));
    },

    /** From now on, whatever was issued up to `notAfter` (epoch seconds, provider's clock) is at an end. */
    async revoke({ revoked }: Anchor, notAfter: number): Promise<void> {
      const before = await store.get(revoked);
      if (before && Number(before) >= notAfter) return;
      await store.set(revoked, String(notAfter), rememberMs);
    },

    async isRevoked({ revoked }: Anchor, issuedAt: number): Promise<boolean> {
      const notAfter = await store.get(revoked);
      return notAfter !== undefined && issuedAt <= Number(notAfter);
    },
  };
}
