import { monotonicClock, type Clock } from '../core/deadline.ts';
import { isKeyOf, type StateKey } from '../core/ids.ts';
import { StateUnavailable, type StateStore, type StateTopic } from './state-store.ts';

interface Entry {
  readonly value: Buffer | Set<string> | number;
  expiresAt: number;
}

/** Number of writes between two sweeps of expired entries. Sweeping at writes needs no timer. */
const sweepEvery = 1024;
/** Number of keys that one step of a scan visits. */
const scanStep = 500;

/**
 * Creates a store in memory, lost with the process. For development and tests. Rejects writes above
 * `maxEntries` live entries instead of growing until the process runs out of memory.
 */
export function createMemoryStore({
  clock = monotonicClock,
  maxEntries = 1_000_000,
}: { clock?: Clock; maxEntries?: number } = {}): StateStore {
  const entries = new Map<StateKey, Entry>();
  const listeners = new Map<StateTopic, ((text: string) => void)[]>();
  let writes = 0;

  const live = (key: StateKey): Entry | undefined => {
    const entry = entries.get(key);
    if (entry && entry.expiresAt <= clock()) {
      entries.delete(key);
      return undefined;
    }
    return entry;
  };
  const put = (key: StateKey, value: Entry['value'], expiresAt: number): void => {
    if (++writes % sweepEvery === 0) for (const each of entries.keys()) live(each);
    if (entries.size >= maxEntries && !entries.has(key))
      throw new StateUnavailable('the memory store is full');
    entries.set(key, { value, expiresAt });
  };
  const members = (key: StateKey): Set<string> => (live(key)?.value as Set<string> | undefined) ?? new Set();
  const read = (key: StateKey): Buffer | undefined => live(key)?.value as Buffer | undefined;

  const holds = (key: StateKey, expected: string): boolean =>
    read(key)?.equals(Buffer.from(expected)) ?? false;

  const add = (key: StateKey, by: number, ttlMs: number): number => {
    const entry = live(key);
    const sum = ((entry?.value as number | undefined) ?? 0) + by;
    put(key, sum, entry?.expiresAt ?? clock() + ttlMs);
    return sum;
  };

  return {
    isShared: false,
    get: async (key) => read(key),
    set: async (key, value, ttlMs) => put(key, Buffer.from(value), clock() + ttlMs),
    async add(key, value, ttlMs) {
      if (live(key)) return false;
      put(key, Buffer.from(value), clock() + ttlMs);
      return true;
    },
    async replace(key, value, ttlMs) {
      if (!live(key)) return false;
      put(key, Buffer.from(value), clock() + ttlMs);
      return true;
    },
    async touch(key, ttlMs) {
      const entry = live(key);
      if (entry) entry.expiresAt = clock() + ttlMs;
      return entry !== undefined;
    },
    async take(key) {
      const value = read(key);
      entries.delete(key);
      return value;
    },
    async delete(key) {
      return live(key) !== undefined && entries.delete(key);
    },
    async replaceIf(key, expected, value, ttlMs) {
      if (!holds(key, expected)) return false;
      put(key, Buffer.from(value), clock() + ttlMs);
      return true;
    },
    async deleteIf(key, expected) {
      return holds(key, expected) && entries.delete(key);
    },
    increment: async (key, by, ttlMs) => add(key, by, ttlMs),
    async count(counters) {
      const counts: number[] = [];
      for (const { key, limit, ttlMs } of counters) {
        const sum = add(key, 1, ttlMs);
        counts.push(sum);
        if (sum > limit) break;
      }
      return counts;
    },
    async setAdd(key, member, ttlMs) {
      put(key, members(key).add(member), Math.max(live(key)?.expiresAt ?? 0, clock() + ttlMs));
    },
    async setRemove(key, member) {
      const set = members(key);
      if (set.delete(member) && set.size === 0) entries.delete(key);
    },
    setMembers: async (key) => [...members(key)],
    async markUsed(key, used, max, ttlMs) {
      const set = members(key);
      for (const member of used) {
        set.delete(member);
        set.add(member);
      }
      const dropped = [...set].slice(0, Math.max(0, set.size - max));
      for (const member of dropped) set.delete(member);
      put(key, set, clock() + ttlMs);
      return dropped;
    },
    async scan(area, tenant, visit) {
      const found = [...entries.keys()].filter((key) => isKeyOf(key, area, tenant) && live(key));
      for (let at = 0; at < found.length; at += scanStep)
        if ((await visit(found.slice(at, at + scanStep))) === false) return;
    },
    publish: async (topic, text) => listeners.get(topic)?.forEach((onMessage) => onMessage(text)),
    listen(topic, onMessage) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), onMessage]);
      return { epoch: 1 };
    },
    ping: async () => undefined,
    check: async () => undefined,
    close: async () => entries.clear(),
  };
}
