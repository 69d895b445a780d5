/**
 * A Map for short-lived entries. When a Map is full of deleted entries, V8 allocates a new table and links
 * the former one to it. Once one table is in the old generation, it keeps all later ones and their values
 * alive until the next full collection, and each scavenge copies them. This class starts a new Map instead,
 * which has no such link.
 */
export class ShortLivedMap<K, V> {
  #entries = new Map<K, V>();
  #set = 0;

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  set(key: K, value: V): void {
    if (++this.#set > 64 + 2 * this.#entries.size) {
      this.#entries = new Map(this.#entries);
      this.#set = 0;
    }
    this.#entries.set(key, value);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** Iterates in insertion order, like a Map. */
  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.#entries[Symbol.iterator]();
  }
}
