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
const counterDigits = 4;

/** The keys of one scope. */
interface ScopeKeys {
  readonly index: StateKey;
  baseKey(token: string): StateKey;
}

function keysOf({ tenant, subject, device = '', resource, variant, selection }: BaseScope): ScopeKeys {
  const parts = [subject, device, resource, variant, ...(selection === undefined ? [] : ['selected'])];
  // Hashed: keys in the store reveal no identity, and are short.
  const id = hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 24);
  return { index: stateKey(tenant, 'sync', id), baseKey: (token) => stateKey(tenant, 'sync', id, token) };
}

interface Writing {
  readonly record: BaseRecord;
  readonly inUse: string | undefined;
}

/** A token is specific to its scope except for the device. */
const memoKey = ({ device = '' }: BaseScope, token: string): string => `${token}${device}`;

/**
 * Stores bases by their tokens: each under its own key, written once and never changed, and for each scope an
 * index of members `<time><counter>.<token>`.
 */
export function createBaseStore({ store, ttlMs, maxBases, now }: BaseStoreOptions): BaseStore {
  const freshUntil = new Map<string, number>();
  /** Pending writes by index. */
  const queues = new ShortLivedMap<StateKey, Map<string, Writing>>();
  let counter = 0;

  /** Returns a stamp that sorts by time, and within a millisecond by the order of use in this process. */
  function stamp(): string {
    counter = (counter + 1) % 36 ** counterDigits;
    return now().toString(36).padStart(9, '0') + counter.toString(36).padStart(counterDigits, '0');
  }

  function remember(scope: BaseScope, token: string): void {
    if (freshUntil.size >= maxRemembered) freshUntil.clear();
    freshUntil.set(memoKey(scope, token), now() + ttlMs / refreshPart);
  }

  async function write(scope: BaseScope, keys: ScopeKeys, token: string, writing: Writing): Promise<void> {
    const { record, inUse } = writing;
    const key = keys.baseKey(token);
    const member = `${stamp()}.${token}`;
    const bytes = await encodeBase(record);
    // Pipelined: the store executes them in this order.
    const [added, , members] = await Promise.all([
      store.add(key, bytes, ttlMs),
      store.setAdd(keys.index, member, ttlMs),
      store.setMembers(keys.index),
    ]);
    if (!added) await store.touch(key, ttlMs);
    remember(scope, token);
    await evict(scope, keys, members, inUse);
  }

  async function evict(
    scope: BaseScope,
    keys: ScopeKeys,
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
        gone.push(store.delete(keys.baseKey(token)));
      }
      gone.push(store.setRemove(keys.index, member));
    }
    await Promise.all(gone);
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
      const waiting = queues.get(keys.index);
      if (waiting) {
        waiting.set(token, { record, inUse });
        // A base that would be evicted at once need not be written.
        if (waiting.size > maxBases) waiting.delete(waiting.keys().next().value as string);
        return;
      }
      const queue = new Map([[token, { record, inUse }]]);
      queues.set(keys.index, queue);
      try {
        // The loop also visits writes that are queued meanwhile.
        for (const [next, writing] of queue) {
          queue.delete(next);
          await write(scope, keys, next, writing);
        }
      } finally {
        queues.delete(keys.index);
      }
    },
    async refresh(scope, token) {
      const keys = keysOf(scope);
      const [known] = await Promise.all([
        store.touch(keys.baseKey(token), ttlMs),
        store.touch(keys.index, ttlMs),
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
