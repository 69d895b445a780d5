import { ShortLivedMap } from './short-lived-map.ts';

export interface FairQueueOptions<Key, Item> {
  readonly maxLength: number;
  /**
   * Returns the cost of an item of this key, as a multiple of the mean. A key whose items cost twice as much
   * is served half as often. default 1
   */
  readonly costOf?: (key: Key) => number;
  /**
   * Returns whether an item is important: it is evicted only when its key has no unimportant items.
   * default: no item is important
   */
  readonly isImportant?: (item: Item) => boolean;
}

/** The items of one key. */
interface KeyQueue<Item> {
  readonly items: Item[];
  /** Cost that the key may still spend in this round. While it is negative, the key is skipped. */
  credit: number;
  isInTurn: boolean;
}

/**
 * A bounded queue that serves keys by deficit round robin, and the items of one key first in, first out. When
 * it is full, a new item evicts the newest item of the key with the most items. If that is its own key, the
 * new item is not added, unless it is important and can replace an unimportant one. Therefore a key that
 * sends ten times its share loses only its own items.
 */
export class FairQueue<Key, Item> {
  readonly #maxLength: number;
  readonly #costOf: (key: Key) => number;
  readonly #isImportant: (item: Item) => boolean;
  /** Keys in the order in which they are served; none is empty. */
  readonly #queues = new ShortLivedMap<Key, KeyQueue<Item>>();
  #length = 0;

  constructor({ maxLength, costOf = () => 1, isImportant = () => false }: FairQueueOptions<Key, Item>) {
    this.#maxLength = maxLength;
    this.#costOf = costOf;
    this.#isImportant = isImportant;
  }

  get length(): number {
    return this.#length;
  }

  has(key: Key): boolean {
    return this.#queues.get(key) !== undefined;
  }

  /** Iterates over the keys with their items, oldest item first. */
  *[Symbol.iterator](): Generator<readonly [Key, readonly Item[]]> {
    for (const [key, { items }] of this.#queues) yield [key, items];
  }

  /**
   * Adds an item. Returns the item that was evicted for it, or the item itself if it was not added; else
   * undefined.
   * @param fullAmong selects the keys that together have used up their share of the queue: an item of one of
   * them is evicted, even if the queue is not full. default: evicts an item of any key, only when the queue
   * has `maxLength` items
   */
  push(key: Key, item: Item, fullAmong?: (key: Key) => boolean): Item | undefined {
    let displaced: Item | undefined;
    if (fullAmong || this.#length >= this.#maxLength) {
      const [longest, items] = this.#longestWith(key, fullAmong);
      displaced = items.findLast((each) => !this.#isImportant(each));
      if (longest === key) {
        if (displaced === undefined || !this.#isImportant(item)) return item;
      } else displaced ??= items.at(-1);
      this.remove(longest, displaced as Item);
    }
    const queue = this.#queues.get(key);
    if (queue) queue.items.push(item);
    else this.#queues.set(key, { items: [item], credit: 0, isInTurn: false });
    this.#length++;
    return displaced;
  }

  /**
   * Removes and returns the next item. @param mayServe returns false for keys to skip; they keep their place
   */
  shift(mayServe: (key: Key) => boolean = () => true): Item | undefined {
    for (let next = this.#next(mayServe); next; next = this.#next(mayServe)) {
      const [key, queue] = next;
      if (!queue.isInTurn) queue.credit = Math.min(1, queue.credit + 1);
      queue.isInTurn = true;
      const item = queue.credit > 0 ? queue.items.shift() : undefined;
      if (item !== undefined) {
        queue.credit -= this.#costOf(key);
        this.#length--;
      }
      if (queue.items.length === 0) this.#queues.delete(key);
      else if (queue.credit <= 0) this.#endTurn(key, queue);
      if (item !== undefined) return item;
    }
    return undefined;
  }

  /** Removes an item. Returns whether it was in the queue. */
  remove(key: Key, item: Item): boolean {
    const items = this.#queues.get(key)?.items;
    const index = items?.lastIndexOf(item) ?? -1;
    if (!items || index < 0) return false;
    items.splice(index, 1);
    this.#length--;
    if (items.length === 0) this.#queues.delete(key);
    return true;
  }

  #next(mayServe: (key: Key) => boolean): [Key, KeyQueue<Item>] | undefined {
    for (const each of this.#queues) if (mayServe(each[0])) return each;
    return undefined;
  }

  #endTurn(key: Key, queue: KeyQueue<Item>): void {
    queue.isInTurn = false;
    this.#queues.delete(key);
    this.#queues.set(key, queue);
  }

  /** Returns the key with the most items, counting the new item. */
  #longestWith(newcomer: Key, among: (key: Key) => boolean = () => true): readonly [Key, readonly Item[]] {
    let longest: readonly [Key, readonly Item[]] = [newcomer, this.#queues.get(newcomer)?.items ?? []];
    let most = longest[1].length + 1;
    for (const each of this)
      if (each[1].length > most && among(each[0])) {
        longest = each;
        most = each[1].length;
      }
    return longest;
  }
}
