import { ShortLivedMap } from './short-lived-map.ts';

export interface FairQueueOptions<Key, Item> {
  readonly maxLength: number;
  /**
   * What one item of a key costs, as a multiple of the mean. A key whose items cost twice as much gets half as many turns.
   * default 1
   */
  readonly costOf?: (key: Key) => number;
  /** Items that lose their slot only where their key has no other. default none */
  readonly isImportant?: (item: Item) => boolean;
}

/** The items of one key. */
interface Line<Item> {
  readonly items: Item[];
  /** What may be spent in its present turn; overdrawn, it passes its next turns over. */
  credit: number;
  isInTurn: boolean;
}

/**
 * A bounded queue that serves keys in turn (deficit round robin), and each key first come, first served. When it is full, the
 * newcomer takes the last slot of the key that waits most, if that is not its own: who sends ten times its share loses it.
 */
export class FairQueue<Key, Item> {
  readonly #maxLength: number;
  readonly #costOf: (key: Key) => number;
  readonly #isImportant: (item: Item) => boolean;
  /** In the order of their turns; none is empty. */
  readonly #lines = new ShortLivedMap<Key, Line<Item>>();
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
    return this.#lines.get(key) !== undefined;
  }

  /** Each key with its items, the oldest first. */
  *[Symbol.iterator](): Generator<readonly [Key, readonly Item[]]> {
    for (const [key, { items }] of this.#lines) yield [key, items];
  }

  /**
   * The item that found no slot: another one, or this one; undefined when there was one.
   *
   * @param fullAmong keys that have all the slots that they may have together; default: the queue is full when it is
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
    const line = this.#lines.get(key);
    if (line) line.items.push(item);
    else this.#lines.set(key, { items: [item], credit: 0, isInTurn: false });
    this.#length++;
    return displaced;
  }

  /** The next item. @param mayServe keys that it refuses keep their place */
  shift(mayServe: (key: Key) => boolean = () => true): Item | undefined {
    for (let next = this.#next(mayServe); next; next = this.#next(mayServe)) {
      const [key, line] = next;
      if (!line.isInTurn) line.credit = Math.min(1, line.credit + 1);
      line.isInTurn = true;
      const item = line.credit > 0 ? line.items.shift() : undefined;
      if (item !== undefined) {
        line.credit -= this.#costOf(key);
        this.#length--;
      }
      if (line.items.length === 0) this.#lines.delete(key);
      else if (line.credit <= 0) this.#endTurn(key, line);
      if (item !== undefined) return item;
    }
    return undefined;
  }

  /** Returns whether the item was there. */
  remove(key: Key, item: Item): boolean {
    const items = this.#lines.get(key)?.items;
    const index = items?.lastIndexOf(item) ?? -1;
    if (!items || index < 0) return false;
    items.splice(index, 1);
    this.#length--;
    if (items.length === 0) this.#lines.delete(key);
    return true;
  }

  #next(mayServe: (key: Key) => boolean): [Key, Line<Item>] | undefined {
    for (const each of this.#lines) if (mayServe(each[0])) return each;
    return undefined;
  }

  #endTurn(key: Key, line: Line<Item>): void {
    line.isInTurn = false;
    this.#lines.delete(key);
    this.#lines.set(key, line);
  }

  /** The key with the most items, the newcomer's included. */
  #longestWith(newcomer: Key, among: (key: Key) => boolean = () => true): readonly [Key, readonly Item[]] {
    let longest: readonly [Key, readonly Item[]] = [newcomer, this.#lines.get(newcomer)?.items ?? []];
    let most = longest[1].length + 1;
    for (const each of this)
      if (each[1].length > most && among(each[0])) {
        longest = each;
        most = each[1].length;
      }
    return longest;
  }
}
