import { hash } from 'node:crypto';
import { ShortLivedMap, stateKey, type StateKey, type StateStore, type TenantId } from '@bff/service-kit';
import { decodeBase, encodeBase, maxViewLength, type BaseRecord } from './base-record.ts';

/**
 * Scope within which bases are stored and evicted. Does not include the version of the tenant's policy, so
 * that a device keeps its base when the policy changes.
 */
export interface BaseScope {
  readonly tenant: TenantId;
  readonly subject: string;
  readonly device?: string;
  readonly resource: string;
  readonly variant: string;
  /**
   * Value of `fields=`. All selections of a resource share one limit, so they evict each other's bases but
   * never those of the complete view.
   */
  readonly selection?: string | undefined;
}

export interface BaseStoreOptions {
  readonly store: StateStore;
  readonly ttlMs: number;
  /** Maximum number of bases per scope. */
  readonly maxBases: number;
  /** Returns milliseconds since 1970. */
  readonly now: () => number;
}

/** Every method that returns a promise rejects when the store fails. */
export interface BaseStore {
  read(scope: BaseScope, token: string): Promise<BaseRecord | 'unknown' | 'damaged'>;
  /**
   * Stores a base unless it exists, then evicts the least recently used bases above the limit.
   * @param inUse a base that must not be evicted: if the device does not receive this answer, it names that
   * base again
   */
  keep(scope: BaseScope, token: string, record: BaseRecord, inUse?: string): Promise<void>;
  /** Extends the lifetime of a base in use. Returns false when the store lost it. */
  refresh(scope: BaseScope, token: string): Promise<boolean>;
  /**
   * Returns whether this process stored or refreshed the base recently. Most 304 answers then need no call to
   * the store.
   */
  isFresh(scope: BaseScope, token: string): boolean;
  remove(scope: BaseScope, token: string): Promise<void>;
}

/** A process refreshes a base at most once per eighth of its lifetime. */
const refreshPart = 8;
const maxRemembered = 10_000;

/** The keys of one scope. */
interface ScopeKeys {
  /** The tokens of its bases, sorted by last use. */
  readonly used: StateKey;
  baseKey(token: string): StateKey;
}

function keysOf({ tenant, subject, device = '', resource, variant, selection }: BaseScope): ScopeKeys {
  const parts = [subject, device, resource, variant, ...(selection === undefined ? [] : ['selected'])];
  // Hashed, so that keys in the store are short and reveal no identity.
  const id = hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 24);
  return {
    used: stateKey(tenant, 'sync', `${id}.used`),
    baseKey: (token) => stateKey(tenant, 'sync', id, token),
  };
}

/**
 * Returns whether a key of the area `sync` belongs to a base. It ends in scope and token; the key of a list of
 * tokens ends in the scope.
 */
export const isBaseKey = (key: StateKey): boolean => key.split(':').length === 4;

interface Writing {
  readonly record: BaseRecord;
  readonly inUse: string | undefined;
}

/**
 * The memo key of a base is its token and the device, because a token already depends on the rest of its
 * scope.
 */
const memoKey = ({ device = '' }: BaseScope, token: string): string => `${token}${device}`;

/**
 * Creates a store of bases. Each base has a key of its own, which contains its token, and is never changed.
 * Each scope has a list of its tokens, sorted by last use.
 */
export function createBaseStore({ store, ttlMs, maxBases, now }: BaseStoreOptions): BaseStore {
  const freshUntil = new Map<string, number>();
  /** Pending writes by scope. */
  const queues = new ShortLivedMap<StateKey, Map<string, Writing>>();

  function remember(scope: BaseScope, token: string): void {
    if (freshUntil.size >= maxRemembered) freshUntil.clear();
    freshUntil.set(memoKey(scope, token), now() + ttlMs / refreshPart);
  }

  async function write(scope: BaseScope, keys: ScopeKeys, token: string, writing: Writing): Promise<void> {
    const { record, inUse } = writing;
    const key = keys.baseKey(token);
    const bytes = await encodeBase(record);
    // Pipelined, so the store executes the commands in this sequence. `inUse` is marked as used too, so that
    // it is not evicted.
    const [added, dropped] = await Promise.all([
      store.add(key, bytes, ttlMs),
      store.markUsed(keys.used, inUse === undefined ? [token] : [inUse, token], maxBases, ttlMs),
    ]);
    if (!added) await store.touch(key, ttlMs);
    remember(scope, token);
    for (const each of dropped) freshUntil.delete(memoKey(scope, each));
    await Promise.all(dropped.map((each) => store.delete(keys.baseKey(each))));
  }

  return {
    async read(scope, token) {
      const bytes = await store.get(keysOf(scope).baseKey(token));
      if (bytes) return decodeBase(bytes);
      // If this process stored the base recently, the store has lost its data. Then every memoized entry may
      // be outdated.
      if (freshUntil.has(memoKey(scope, token))) freshUntil.clear();
      return 'unknown';
    },
    // Writes of one scope run one after the other, so that each exceeds the limit by at most one base, even
    // if many answers are sent at once.
    async keep(scope, token, record, inUse) {
      if (record.canonicalView.length > maxViewLength) return;
      const keys = keysOf(scope);
      const waiting = queues.get(keys.used);
      if (waiting) {
        waiting.set(token, { record, inUse });
        // Drops the oldest pending write: the later ones would evict its base immediately.
        if (waiting.size > maxBases) waiting.delete(waiting.keys().next().value as string);
        return;
      }
      const queue = new Map([[token, { record, inUse }]]);
      queues.set(keys.used, queue);
      try {
        // Iterating a Map also visits writes that are added meanwhile.
        for (const [next, writing] of queue) {
          queue.delete(next);
          await write(scope, keys, next, writing);
        }
      } finally {
        queues.delete(keys.used);
      }
    },
    async refresh(scope, token) {
      const keys = keysOf(scope);
      const [known] = await Promise.all([
        store.touch(keys.baseKey(token), ttlMs),
        store.touch(keys.used, ttlMs),
      ]);
      // Remembered only if the store has the base: otherwise it must be stored again.
      if (known) remember(scope, token);
      return known;
    },
    isFresh: (scope, token) => (freshUntil.get(memoKey(scope, token)) ?? 0) > now(),
    async remove(scope, token) {
      await store.delete(keysOf(scope).baseKey(token));
    },
  };
}
