import type { StateKey, StateStore } from '@bff/service-kit';

/** Records which bases a store must have, from its commands. Independent of the code under test. */
export class Ledger {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;
  /** Receives the bytes of each written base. */
  onBase: (bytes: Buffer) => void = () => undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns whether a base with that token must exist under any key. */
  has(token: string): boolean {
    for (const [key, until] of this.#until) if (key.endsWith(`:${token}`) && until > this.#now()) return true;
    return false;
  }

  forgetAll(): void {
    this.#until.clear();
  }

  watch(store: StateStore): StateStore {
    return {
      ...store,
      add: async (key, value, ttlMs) => {
        const added = await store.add(key, value, ttlMs);
        this.onBase(value as Buffer);
        if (!this.#isLive(key)) this.#until.set(key, this.#now() + ttlMs);
        return added;
      },
      touch: async (key, ttlMs) => {
        const known = await store.touch(key, ttlMs);
        if (this.#isLive(key)) this.#until.set(key, this.#now() + ttlMs);
        return known;
      },
      delete: async (key) => {
        this.#until.delete(key);
        return store.delete(key);
      },
    };
  }

  #isLive(key: StateKey): boolean {
    return (this.#until.get(key) ?? 0) > this.#now();
  }
}
