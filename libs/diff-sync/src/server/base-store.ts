import { hash } from 'node:crypto';
import { ShortLivedMap, stateKey, type StateKey, type StateStore, type TenantId } from '@bff/service-kit';
import { decodeBase, encodeBase, maxViewLength, type BaseRecord } from './base-record.ts';

/** The scope of bases. Without the tenant's version: a device keeps its base across a change of policy. */
export interface BaseScope {
  readonly tenant: TenantId;
  readonly subject: string;
  readonly device?: string;
  readonly resource: string;
  readonly variant: string;
  /**
   * `fields=`. All selections of a resource share one limit: they evict each other's bases, and none of the
   * complete view.
   */
  readonly selection?: string | undefined;
}

export interface BaseStoreOptions {
  readonly store: StateStore;
  readonly ttlMs: number;
  /** Maximum number of bases per scope. */
  readonly maxBases: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Every method that returns a promise rejects when the store fails. */
export interface BaseStore {
  read(scope: BaseScope, token: string): Promise<BaseRecord | 'unknown' | 'damaged'>;
  /**
   * Stores a base unless it exists, then evicts the least recently used ones beyond the limit.
   * @param inUse a base that is not evicted: the device may lose this answer and name the same base again
   */
  keep(scope: BaseScope, token: string, record: BaseRecord, inUse?: string): Promise<void>;
  /** Extends the lifetime of a base in use. Returns false when the store lost it. */
  refresh(scope: BaseScope, token: string): Promise<boolean>;
  /**
   * Whether this process stored or refreshed the base recently: most 304 answers then need no call of the
   * store.
   */
  isFresh(scope: BaseScope, token: string): boolean;
  remove(scope: BaseScope, token: string): Promise<void>;
}

/** A process refreshes a base at most once in this fraction of its lifetime. */
const refreshPart = 8;
const maxRemembered = 10_000;

/** The keys of one scope. */
interface ScopeKeys {
  /** The tokens of its bases in the order of their use. */
  readonly used: StateKey;
  baseKey(token: string): StateKey;
}

function keysOf({ tenant, subject, device = '', resource, variant, selection }: BaseScope): ScopeKeys {
  const parts = [subject, device, resource, variant, ...(selection === undefined ? [] : ['selected'])];
  // Hashed: keys in the store reveal no identity, and are short.
  const id = hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 24);
  return {
    used: stateKey(tenant, 'sync', `${id}.used`),
    baseKey: (token) => stateKey(tenant, 'sync', id, token),
  };
}

interface Writing {
  readonly record: BaseRecord;
  readonly inUse: string | undefined;
}

/** A token is specific to its scope except for the device. */
const memoKey = ({ device = '' }: BaseScope, token: string): string => `${token}${device}`;

/**
 * Stores bases by their tokens: each under its own key, written once and never changed, and for each scope a list
 * of the tokens in the order of their last use.
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
    // Pipelined: the store executes them in this order. A base in use counts as used now, so it stays.
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
      // The base should exist, so the store was wiped, and everything remembered about it is outdated.
      if (freshUntil.has(memoKey(scope, token))) freshUntil.clear();
      return 'unknown';
    },
    // One write at a time per scope: each then finds at most one base too many, however many answers are sent
    // at once.
    async keep(scope, token, record, inUse) {
      if (record.canonicalView.length > maxViewLength) return;
      const keys = keysOf(scope);
      const waiting = queues.get(keys.used);
      if (waiting) {
        waiting.set(token, { record, inUse });
        // A base that would be evicted at once need not be written.
        if (waiting.size > maxBases) waiting.delete(waiting.keys().next().value as string);
        return;
      }
      const queue = new Map([[token, { record, inUse }]]);
      queues.set(keys.used, queue);
      try {
        // The loop also visits writes that are queued meanwhile.
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
      // Only now: a base that the store lacked or could not refresh must be stored again.
      if (known) remember(scope, token);
      return known;
    },
    isFresh: (scope, token) => (freshUntil.get(memoKey(scope, token)) ?? 0) > now(),
    async remove(scope, token) {
      await store.delete(keysOf(scope).baseKey(token));
    },
  };
}
