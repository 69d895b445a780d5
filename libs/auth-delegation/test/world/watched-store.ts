import { createMemoryStore, StateUnavailable, type StateKey, type StateStore } from '@bff/service-kit';

/** A memory store that shows everything that was ever written to it, and can be made to fail. */
export interface WatchedStore extends StateStore {
  /** Keys, values and members as one text, as a dump would show them. */
  dump(): string;
  readonly keys: () => readonly string[];
  /** Calls that reached it, by method. */
  readonly calls: Readonly<Record<string, number>>;
  /** While true every method rejects. */
  down: boolean;
  /** Runs before each call; a promise holds the call up. */
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
