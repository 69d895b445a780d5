import {
  preTenantKey,
  RecentlyUsed,
  stateKey,
  type StateKey,
  type StateStore,
  type TenantId,
} from '@bff/service-kit';
import { type Now } from '../time.ts';
import { type SessionArea } from './anchors.ts';
import { RecentSessions } from './recent-sessions.ts';
import { isLive, type Session } from './session.ts';

/** Where a session is: in its home tenant, under the digest of its handle. */
export interface SessionPlace {
  readonly home: TenantId;
  readonly hash: string;
}

/** Handles whose tenant is remembered. It never changes, and whether the session lives is asked each time. */
const rememberedHomes = 50_000;

/** Sessions at rest. The record is the truth; everything else in the store only leads to it. */
export function createSessionRecords(store: StateStore, kind: SessionArea, keepMs: number, now: Now) {
  const recent = new RecentSessions(store, kind, keepMs, now);
  const homes = new RecentlyUsed<TenantId>(rememberedHomes);
  const recordKey = ({ home, hash }: SessionPlace): StateKey => stateKey(home, kind, hash);
  /** Says in which tenant to look for a handle: the one thing that must be known before the tenant is. */
  const homeKey = (hash: string): StateKey => preTenantKey(kind, hash);
  /** Records that were written before sessions had permissions lack the member. */
  const parse = (bytes: Buffer): Session => ({ permissions: [], ...JSON.parse(bytes.toString()) });
  const ttl = ({ endsAt, idleEndsAt }: Session): number => Math.max(1, Math.min(endsAt, idleEndsAt) - now());

  async function placeOf(hash: string): Promise<SessionPlace | undefined> {
    let home = homes.get(hash);
    if (home === undefined) {
      home = (await store.get(homeKey(hash)))?.toString() as TenantId | undefined;
      if (home === undefined) return undefined;
      homes.set(hash, home);
    }
    return { home, hash };
  }

  async function read(place: SessionPlace): Promise<Session | undefined> {
    const { unbroken } = recent;
    const bytes = await store.get(recordKey(place));
    const session = bytes && parse(bytes);
    if (!session || !isLive(session, now())) return undefined;
    recent.keep(place.hash, session, unbroken);
    return session;
  }

  return {
    async write(place: SessionPlace, session: Session): Promise<void> {
      await Promise.all([
        store.set(recordKey(place), JSON.stringify(session), ttl(session)),
        store.set(homeKey(place.hash), place.home, Math.max(1, session.endsAt - now())),
      ]);
    },

    /** Never an upsert: after a logout, a slow request must not bring the session back. False when it is gone. */
    async update(place: SessionPlace, session: Session): Promise<boolean> {
      const { unbroken } = recent;
      const updated = await store.replace(recordKey(place), JSON.stringify(session), ttl(session));
      if (updated) recent.keep(place.hash, session, unbroken);
      return updated;
    },

    placeOf,

    read,

    /** What is behind a handle, from this process's memory where it is sure. */
    async find(hash: string): Promise<Session | undefined> {
      const kept = await recent.find(hash);
      if (kept) return kept;
      const place = await placeOf(hash);
      return place && read(place);
    },

    /** Reads and removes in one step: of several that end a session, one does. */
    async remove(place: SessionPlace): Promise<Session | undefined> {
      await recent.end(place.hash);
      const bytes = await store.take(recordKey(place));
      homes.delete(place.hash);
      // What remains leads nowhere and expires: a failure here must not fail the logout.
      await store.delete(homeKey(place.hash)).catch(() => false);
      return bytes && parse(bytes);
    },
  };
}
