import { createMemoryStore, StateUnavailable, type StateKey, type StateStore } from '@bff/service-kit';

/** A memory store that records everything that is written to it, and that can be made to fail. */
export interface WatchedStore extends StateStore {
  /** Returns keys, values and members as one text, like a dump. */
  dump(): string;
  readonly keys: () => readonly string[];
  /** Number of calls by method. */
  readonly calls: Readonly<Record<string, number>>;
  /** Rejects in every method while true. */
  down: boolean;
  /** Runs before each call; a promise delays the call. */
  before: (method: string, key: StateKey) => Promise<void> | void;
}

export function watchedStore(clock: () => number): WatchedStore {
  const inner = createMemoryStore({ clock });
  const seen: string[] = [];
  const keys = new Set<string>();
  const calls: Record<string, number> = {};
  const control = { down: false, before: () => undefined as Promise<void> | void };
  const watched = { calls, dump: () => seen.join('\n'), keys: () => [...keys] };

  const proxy = new Proxy(inner, {
    get(target, name: keyof StateStore) {
      const method = target[name];
      if (typeof method !== 'function') return method;
      if (name === 'listen') return method;
      return async (key: StateKey, ...rest: unknown[]) => {
        calls[name] = (calls[name] ?? 0) + 1;
        await (store.before as (method: string, key: StateKey) => Promise<void> | void)(name, key);
        if (store.down) throw new StateUnavailable('down');
        keys.add(key);
        seen.push(`${name} ${key} ${rest.map(String).join(' ')}`);
        return (method as (...args: unknown[]) => unknown)(key, ...rest);
      };
    },
  });
  const store: WatchedStore = Object.assign(Object.create(proxy), control, watched);
  return store;
}
