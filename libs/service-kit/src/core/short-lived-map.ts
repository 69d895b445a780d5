/**
 * A Map for entries that stay for a moment. When a Map is full of the gaps of entries that left, V8 makes a new table and
 * links the former one to it: once a table is old, every later one, and whatever was in it, stays until the next full
 * collection, and each collection of young objects copies it. A new Map is linked to nothing.
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

  /** As those of a Map: by when their keys came. */
  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.#entries[Symbol.iterator]();
  }
}
