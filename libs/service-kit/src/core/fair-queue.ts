import { ShortLivedMap } from './short-lived-map.ts';

export interface FairQueueOptions<Key, Item> {
  readonly maxLength: number;
  /**
   * Returns the cost of an item of this key, as a multiple of the mean. A key whose items cost twice as much
   * is served half as often. default 1
   */
  readonly costOf?: (key: Key) => number;
  /**
   * Returns the group of a key. The keys of a group together are served as often as a single key, and round
   * robin among themselves, so that many keys gain nothing. default: each key is a group
   */
  readonly groupOf?: (key: Key) => Key;
  /**
   * Returns whether an item is important: it is evicted only when its key has no unimportant items.
   * default: no item is important
   */
  readonly isImportant?: (item: Item) => boolean;
}

/** The keys of one group. */
interface Group<Key, Item> {
  readonly name: Key;
  /** Items by key, in the order in which the keys are served; none is empty. */
  readonly queues: ShortLivedMap<Key, Item[]>;
  /** Cost that the group may still spend in this round. While it is negative, the group is skipped. */
  credit: number;
  isInTurn: boolean;
}

/** Maximum debt of a group, in mean costs. */
const maxDebt = 16;

/**
 * A bounded queue that serves groups of keys by deficit round robin, and the items of one key first in, first
 * out. When it is full, a new item evicts the newest item of the key with the most items. If that is its own
 * key, the new item is not added, unless it is important and can replace an unimportant one. Therefore a key
 * that sends ten times its share loses only its own items.
 */
export class FairQueue<Key, Item> {
  readonly #maxLength: number;
  readonly #costOf: (key: Key) => number;
  readonly #groupOf: (key: Key) => Key;
  readonly #isImportant: (item: Item) => boolean;
  /** Groups in the order in which they are served; none is empty. */
  readonly #groups = new ShortLivedMap<Key, Group<Key, Item>>();
  /**
   * Costs that groups have yet to pay, or to get if negative. Kept while a group has no items, because it could
   * otherwise escape its debt by emptying its queues; dropped when no group has any.
   */
  #debts = new Map<Key, number>();
  #length = 0;

  constructor(options: FairQueueOptions<Key, Item>) {
    const { costOf = () => 1, groupOf = (key: Key) => key, isImportant = () => false } = options;
    this.#maxLength = options.maxLength;
    this.#costOf = costOf;
    this.#groupOf = groupOf;
    this.#isImportant = isImportant;
  }

  get length(): number {
    return this.#length;
  }

  has(key: Key): boolean {
    return this.#itemsOf(key) !== undefined;
  }

  /** Returns the oldest item of a key. */
  first(key: Key): Item | undefined {
    return this.#itemsOf(key)?.[0];
  }

  /** Iterates over the keys with their items, oldest item first. */
  *[Symbol.iterator](): Generator<readonly [Key, readonly Item[]]> {
    for (const [, { queues }] of this.#groups) yield* queues;
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
    const name = this.#groupOf(key);
    let group = this.#groups.get(name);
    if (!group) {
      group = { name, queues: new ShortLivedMap(), credit: 0, isInTurn: false };
      this.#groups.set(name, group);
    }
    const items = group.queues.get(key);
    if (items) items.push(item);
    else group.queues.set(key, [item]);
    this.#length++;
    return displaced;
  }

  /**
   * Removes and returns the next item. @param mayServe returns false for keys to skip; they keep their place
   */
  shift(mayServe: (key: Key) => boolean = () => true): Item | undefined {
    for (let next = this.#next(mayServe); next; next = this.#next(mayServe)) {
      const [key, group] = next;
      if (!group.isInTurn) this.#startTurn(group);
      const item = group.credit > 0 ? this.#take(key, group) : undefined;
      if (group.queues.size === 0) this.#dropGroup(group);
      else if (group.credit <= 0) this.#endTurn(group);
      if (item !== undefined) return item;
    }
    return undefined;
  }

  /**
   * Transfers the cost of a served item from the group of one key to the group of another, to which the item
   * turned out to belong. The debtor skips rounds for it, even if it has no items now; the creditor gets the credit
   * in its next round. A debt is limited to 16 mean costs, a credit to that or to one for each group, so that it
   * is at most half of a round; the rest is not transferred. Does nothing if the creditor has no items, because then it
   * needs no credit.
   */
  charge(from: Key, to: Key, cost: number): void {
    const [creditor, debtor] = [this.#groupOf(from), this.#groupOf(to)];
    if (creditor === debtor || !this.#groups.get(creditor)) return;
    const [credited, owed] = [this.#debts.get(creditor) ?? 0, this.#debts.get(debtor) ?? 0];
    const amount = Math.min(cost, maxDebt - owed, Math.max(maxDebt, this.#groups.size) + credited);
    if (amount <= 0) return;
    this.#debts.set(debtor, owed + amount);
    this.#debts.set(creditor, credited - amount);
  }

  /** Removes an item. Returns whether it was in the queue. */
  remove(key: Key, item: Item): boolean {
    const group = this.#groups.get(this.#groupOf(key));
    const items = group?.queues.get(key);
    const index = items?.lastIndexOf(item) ?? -1;
    if (!group || !items || index < 0) return false;
    items.splice(index, 1);
    this.#removed();
    if (items.length === 0) group.queues.delete(key);
    if (group.queues.size === 0) this.#dropGroup(group);
    return true;
  }

  #itemsOf(key: Key): readonly Item[] | undefined {
    return this.#groups.get(this.#groupOf(key))?.queues.get(key);
  }

  #next(mayServe: (key: Key) => boolean): readonly [Key, Group<Key, Item>] | undefined {
    for (const [, group] of this.#groups)
      for (const [key] of group.queues) if (mayServe(key)) return [key, group];
    return undefined;
  }

  /** Takes the first item of a key, which then is the last one of its group to be served again. */
  #take(key: Key, group: Group<Key, Item>): Item | undefined {
    const items = group.queues.get(key) ?? [];
    const item = items.shift();
    group.credit -= this.#costOf(key);
    this.#removed();
    if (items.length === 0 || group.queues.size > 1) group.queues.delete(key);
    if (items.length > 0) group.queues.set(key, items);
    return item;
  }

  /** Drops a group without items. What it has overspent remains its debt, up to the maximum. */
  #dropGroup({ name, credit }: Group<Key, Item>): void {
    this.#groups.delete(name);
    if (credit >= 0 || this.#length === 0) return;
    const owed = this.#debts.get(name) ?? 0;
    this.#debts.set(name, Math.max(owed, Math.min(maxDebt, owed - credit)));
  }

  #removed(): void {
    if (--this.#length === 0 && this.#debts.size > 0) this.#debts = new Map();
  }

  #startTurn(group: Group<Key, Item>): void {
    const { name } = group;
    group.isInTurn = true;
    group.credit = Math.min(1, group.credit + 1);
    const debt = this.#debts.get(name) ?? 0;
    // A debt is paid from the credit of each round, a refund is paid at once.
    const paid = Math.min(debt, Math.max(0, group.credit));
    group.credit -= paid;
    if (paid === debt) this.#debts.delete(name);
    else this.#debts.set(name, debt - paid);
  }

  #endTurn(group: Group<Key, Item>): void {
    group.isInTurn = false;
    this.#groups.delete(group.name);
    this.#groups.set(group.name, group);
  }

  /** Returns the key with the most items, counting the new item. */
  #longestWith(newcomer: Key, among: (key: Key) => boolean = () => true): readonly [Key, readonly Item[]] {
    let longest: readonly [Key, readonly Item[]] = [newcomer, this.#itemsOf(newcomer) ?? []];
    let most = longest[1].length + 1;
    for (const each of this)
      if (each[1].length > most && among(each[0])) {
        longest = each;
        most = each[1].length;
      }
    return longest;
  }
}
