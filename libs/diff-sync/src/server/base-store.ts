import { hash } from 'node:crypto';
import { ShortLivedMap, stateKey, type StateKey, type StateStore, type TenantId } from '@bff/service-kit';
import { decodeBase, encodeBase, maxViewLength, type BaseRecord } from './base-record.ts';

/** Whose bases these are. The tenant's version is no part of it: a device has its base across a change of policy. */
export interface BaseScope {
  readonly tenant: TenantId;
  readonly subject: string;
  readonly device?: string;
  readonly resource: string;
  readonly variant: string;
  /** `fields=`. All selections of a resource share one shelf: they push out bases of each other, and none of the whole view. */
  readonly selection?: string | undefined;
}

export interface BaseStoreOptions {
  readonly store: StateStore;
  readonly ttlMs: number;
  /** Of one scope. */
  readonly maxBases: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Every method that returns a promise rejects when the store does. */
export interface BaseStore {
  read(scope: BaseScope, token: string): Promise<BaseRecord | 'unknown' | 'damaged'>;
  /**
   * Keeps a base, unless it is there; then lets go what is too much, handed out longest ago first.
   *
   * @param inUse one that stays, however old: the device may lose this answer, and name the same base again
   */
  keep(scope: BaseScope, token: string, record: BaseRecord, inUse?: string): Promise<void>;
  /** Extends the life of a base in use. False when the store lost it. */
  refresh(scope: BaseScope, token: string): Promise<boolean>;
  /** Whether it was written or refreshed a short while ago: so a 304 mostly asks nothing of the store at all. */
  isFresh(scope: BaseScope, token: string): boolean;
  remove(scope: BaseScope, token: string): Promise<void>;
}

/** One process refreshes a base once in this part of its life. */
const refreshPart = 8;
const maxRemembered = 10_000;
const counterDigits = 4;

/** The keys of one scope. */
interface Shelf {
  readonly index: StateKey;
  baseKey(token: string): StateKey;
}

function shelfOf({ tenant, subject, device = '', resource, variant, selection }: BaseScope): Shelf {
  const parts = [subject, device, resource, variant, ...(selection === undefined ? [] : ['selected'])];
  // Hashed: the keys of the store tell nobody's name, and are short.
  const id = hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 24);
  return { index: stateKey(tenant, 'sync', id), baseKey: (token) => stateKey(tenant, 'sync', id, token) };
}

interface Writing {
  readonly record: BaseRecord;
  readonly inUse: string | undefined;
}

/** A token is one of its scope, but for the device. */
const memoKey = ({ device = '' }: BaseScope, token: string): string => `${token}${device}`;

/**
 * Bases by their tokens: each under a key of its own, written once and never changed, and for each scope an index of
 * members `<time><counter>.<token>`.
 */
export function createBaseStore({ store, ttlMs, maxBases, now }: BaseStoreOptions): BaseStore {
  const freshUntil = new Map<string, number>();
  /** What waits to be written, by index. */
  const queues = new ShortLivedMap<StateKey, Map<string, Writing>>();
  let counter = 0;

  /** Sorts by time, and within a millisecond by the order in which this process handed out. */
  function stamp(): string {
    counter = (counter + 1) % 36 ** counterDigits;
    return now().toString(36).padStart(9, '0') + counter.toString(36).padStart(counterDigits, '0');
  }

  function remember(scope: BaseScope, token: string): void {
    if (freshUntil.size >= maxRemembered) freshUntil.clear();
    freshUntil.set(memoKey(scope, token), now() + ttlMs / refreshPart);
  }

  async function write(scope: BaseScope, shelf: Shelf, token: string, writing: Writing): Promise<void> {
    const { record, inUse } = writing;
    const key = shelf.baseKey(token);
    const member = `${stamp()}.${token}`;
    const bytes = await encodeBase(record);
    // One after the other at the store, in one go.
    const [added, , members] = await Promise.all([
      store.add(key, bytes, ttlMs),
      store.setAdd(shelf.index, member, ttlMs),
      store.setMembers(shelf.index),
    ]);
    if (!added) await store.touch(key, ttlMs);
    remember(scope, token);
    await evict(scope, shelf, members, inUse);
  }

  async function evict(
    scope: BaseScope,
    shelf: Shelf,
    members: string[],
    inUse: string | undefined,
  ): Promise<void> {
    const latestFirst = members.sort().reverse();
    let room = inUse === undefined ? maxBases : maxBases - 1;
    const seen = new Set<string>();
    const gone: Promise<unknown>[] = [];
    for (const member of latestFirst) {
      const token = member.slice(member.indexOf('.') + 1);
      if (!seen.has(token)) {
        seen.add(token);
        if (token === inUse || room-- > 0) continue;
        freshUntil.delete(memoKey(scope, token));
        gone.push(store.delete(shelf.baseKey(token)));
      }
      gone.push(store.setRemove(shelf.index, member));
    }
    await Promise.all(gone);
  }

  return {
    async read(scope, token) {
      const bytes = await store.get(shelfOf(scope).baseKey(token));
      if (bytes) return decodeBase(bytes);
      // It should be there, so the store was wiped: what else is remembered of it is no longer true.
      if (freshUntil.has(memoKey(scope, token))) freshUntil.clear();
      return 'unknown';
    },
    // One write at a time in a scope: each then finds one base too many at most, however many answers go out at once.
    async keep(scope, token, record, inUse) {
      if (record.canonicalView.length > maxViewLength) return;
      const shelf = shelfOf(scope);
      const waiting = queues.get(shelf.index);
      if (waiting) {
        waiting.set(token, { record, inUse });
        // What would be evicted at once need not be written.
        if (waiting.size > maxBases) waiting.delete(waiting.keys().next().value as string);
        return;
      }
      const queue = new Map([[token, { record, inUse }]]);
      queues.set(shelf.index, queue);
      try {
        // What is added meanwhile is visited too.
        for (const [next, writing] of queue) {
          queue.delete(next);
          await write(scope, shelf, next, writing);
        }
      } finally {
        queues.delete(shelf.index);
      }
    },
    async refresh(scope, token) {
      const shelf = shelfOf(scope);
      const [known] = await Promise.all([
        store.touch(shelf.baseKey(token), ttlMs),
        store.touch(shelf.index, ttlMs),
      ]);
      // Not before: a base that the store did not have or could not touch has to be kept again.
      if (known) remember(scope, token);
      return known;
    },
    isFresh: (scope, token) => (freshUntil.get(memoKey(scope, token)) ?? 0) > now(),
    async remove(scope, token) {
      await store.delete(shelfOf(scope).baseKey(token));
    },
  };
}
