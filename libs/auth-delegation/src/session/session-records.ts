import {
  LruCache,
  preTenantKey,
  stateKey,
  StateUnavailable,
  tenantOf,
  type StateKey,
  type StateStore,
  type TenantId,
} from '@bff/service-kit';
import { isOpaque } from '../opaque.ts';
import type { Now } from '../time.ts';
import type { SessionArea } from './session-index.ts';
import { SessionCache } from './session-cache.ts';
import { isLive, type Session } from './session.ts';

/** Location of a session: its home tenant and the digest of its handle. */
export interface SessionPlace {
  readonly home: TenantId;
  readonly hash: string;
}

/**
 * Maximum number of cached handles with their tenant. The tenant of a session never changes; whether the
 * session is alive is checked each time.
 */
const rememberedHomes = 50_000;
/** Maximum attempts of a change that conflicts with others. */
const maxAttempts = 20;

/**
 * Returns the location of the session that a key belongs to; empty if it is not the key of a session record.
 */
function placeIn(key: StateKey): SessionPlace[] {
  const home = tenantOf(key);
  const [, hash] = /^[^:]+:[a-z]+:([^:]+)$/.exec(key) ?? [];
  return home !== undefined && isOpaque(hash) ? [{ home, hash }] : [];
}

/** Creates the records of sessions. The record is authoritative; other keys only lead to it. */
export function createSessionRecords(store: StateStore, kind: SessionArea, keepMs: number, now: Now) {
  const recent = new SessionCache(store, kind, keepMs, now);
  const homes = new LruCache<TenantId>(rememberedHomes);
  const recordKey = ({ home, hash }: SessionPlace): StateKey => stateKey(home, kind, hash);
  /**
   * Returns the key that maps a handle to its tenant, which has to be known before the record can be read.
   */
  const homeKey = (hash: string): StateKey => preTenantKey(kind, hash);
  /** Parses a record. Records of older releases lack `permissions`. */
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
    const { epoch } = recent;
    const bytes = await store.get(recordKey(place));
    const session = bytes && parse(bytes);
    if (!session || !isLive(session, now())) return undefined;
    recent.keep(place.hash, session, epoch);
    return session;
  }

  /**
   * Changes the stored session atomically, so that no other change is lost. Returns undefined if it has
   * ended. Never an upsert: after a logout, a slow request must not create the session again.
   */
  async function change(
    place: SessionPlace,
    changed: (session: Session) => Session,
  ): Promise<Session | undefined> {
    const { epoch } = recent;
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const bytes = await store.get(recordKey(place));
      const before = bytes && parse(bytes);
      if (!before || !isLive(before, now())) return undefined;
      const session = changed(before);
      const text = JSON.stringify(session);
      if (!(await store.replaceIf(recordKey(place), bytes.toString(), text, ttl(session)))) continue;
      recent.keep(place.hash, session, epoch);
      return session;
    }
    throw new StateUnavailable('a session is changed by too many concurrent requests');
  }

  return {
    async write(place: SessionPlace, session: Session): Promise<void> {
      await Promise.all([
        store.set(recordKey(place), JSON.stringify(session), ttl(session)),
        store.set(homeKey(place.hash), place.home, Math.max(1, session.endsAt - now())),
      ]);
    },

    change,

    placeOf,

    /** Visits the sessions of one tenant, or of all, in batches, without caching them. */
    scan: (
      tenant: TenantId | undefined,
      visit: (
        found: readonly { readonly place: SessionPlace; readonly session: Session }[],
      ) => Promise<unknown>,
    ): Promise<void> =>
      store.scan(kind, tenant, async (keys) => {
        const found = keys.flatMap(placeIn).map(async (place) => {
          const bytes = await store.get(recordKey(place));
          const session = bytes && parse(bytes);
          return session && isLive(session, now()) ? [{ place, session }] : [];
        });
        return visit((await Promise.all(found)).flat());
      }),

    read,

    /** Returns the session of a handle, from the cache only if the entry is certain to be current. */
    async find(hash: string): Promise<Session | undefined> {
      const kept = await recent.find(hash);
      if (kept) return kept;
      const place = await placeOf(hash);
      return place && read(place);
    },

    /** Makes every process require a confirmation by the provider before the session is used again. */
    async requireConfirmation(place: SessionPlace): Promise<boolean> {
      const confirmationRequired = await change(place, (session) =>
        session.confirmation ? { ...session, confirmation: { ...session.confirmation, until: 0 } } : session,
      );
      await recent.end(place.hash);
      return confirmationRequired !== undefined;
    },

    /** Reads and removes in one step, so that only one of several concurrent calls ends the session. */
    async remove(place: SessionPlace): Promise<Session | undefined> {
      await recent.end(place.hash);
      const bytes = await store.take(recordKey(place));
      homes.delete(place.hash);
      // The remaining key refers to no record and expires, so an error here must not fail the logout.
      await store.delete(homeKey(place.hash)).catch(() => false);
      return bytes && parse(bytes);
    },
  };
}
