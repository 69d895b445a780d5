export interface RecentlyUsedOptions<V> {
  /** The same for a value and its key each time. Default: each weighs 1. */
  readonly weigh?: (value: V, key: string) => number;
  /** Of no use after this, on the clock that {@link RecentlyUsed.expire} is told. Default: of use for ever. */
  readonly keepUntil?: (value: V) => number;
}

/** Not changed in place but dropped whole, save for what moves on to the next. */
class Generation<V> {
  readonly values = new Map<string, V>();
  weight = 0;
  /** Nothing in it is of use any longer than this. */
  keepUntil = -Infinity;
}

/**
 * What was used lately, bounded by weight, in two generations. What is used goes to the young one; when that weighs half of
 * the limit it becomes the old one, and the old one before it is dropped whole. So the latest half is always there. Not the
 * order of a Map: to find its first entry V8 walks over those that were deleted, which takes 34 us of 50,000 entries; this
 * takes half a microsecond.
 */
export class RecentlyUsed<V extends NonNullable<unknown>> {
  readonly #half: number;
  readonly #weigh: (value: V, key: string) => number;
  readonly #keepUntil: (value: V) => number;
  #young = new Generation<V>();
  #old = new Generation<V>();

  constructor(limit: number, { weigh = () => 1, keepUntil = () => Infinity }: RecentlyUsedOptions<V> = {}) {
    this.#half = limit / 2;
    this.#weigh = weigh;
    this.#keepUntil = keepUntil;
  }

  /** Of all that is inside; never above the limit. */
  get weight(): number {
    return this.#young.weight + this.#old.weight;
  }

  get(key: string): V | undefined {
    const young = this.#young.values.get(key);
    if (young !== undefined) return young;
    const old = this.#old.values.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  /** What alone weighs more than half of the limit is not kept. */
  set(key: string, value: V): void {
    const weight = this.#weigh(value, key);
    const before = this.#young.values.get(key);
    const freed = before === undefined ? 0 : this.#weigh(before, key);
    // In its place where it can stay there: a Map that entries leave and come back to makes its table anew, see ShortLivedMap.
    if (before !== undefined && this.#young.weight - freed + weight <= this.#half)
      this.#young.weight -= freed;
    else this.delete(key);
    if (weight > this.#half) return;
    if (this.#young.weight + weight > this.#half) this.#turn();
    const young = this.#young;
    young.values.set(key, value);
    young.weight += weight;
    young.keepUntil = Math.max(young.keepUntil, this.#keepUntil(value));
  }

  delete(key: string): void {
    const generation = this.#young.values.has(key) ? this.#young : this.#old;
    const value = generation.values.get(key);
    if (value === undefined) return;
    generation.values.delete(key);
    generation.weight -= this.#weigh(value, key);
  }

  /**
   * Drops the old generation when nothing in it is of use any more, and makes the young one the old. So nothing stays longer
   * than twice the longest time for which something is kept.
   */
  expire(now: number): void {
    while (this.weight > 0 && this.#old.keepUntil <= now) this.#turn();
  }

  #turn(): void {
    this.#old = this.#young;
    this.#young = new Generation();
  }
}
