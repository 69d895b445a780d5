/** One step in reordering a list; indices refer to the list at that moment. */
export type Step =
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'move'; readonly from: number; readonly to: number }
  /** `index` is the position of the new item in the target. */
  | { readonly kind: 'add'; readonly at: number; readonly index: number };

/**
 * Returns the fewest steps from one order to another: one for each removed or added item, and a move for each
 * item outside a longest increasing subsequence. O(n log n).
 *
 * Every position of an item, before and after, has a slot in one common sequence. At any time the list
 * consists of the occupied slots, so the index of an item is the number of occupied slots before its own.
 * @param targetIndexes for each item of the list its index in the target, or -1; each index at most once
 * @param size length of the target
 */
export function rearrange(targetIndexes: readonly number[], size: number): Step[] {
  const stays = longestRun(targetIndexes);
  const source = new Array<number>(targetIndexes.length);
  const target = new Array<number>(size);
  let slot = 0;
  let before = 0;
  let after = 0;
  for (const stay of [...stays, targetIndexes.length]) {
    const end = targetIndexes[stay] ?? size;
    while (after < end) target[after++] = slot++;
    while (before < stay) source[before++] = slot++;
    if (stay < targetIndexes.length) source[before++] = target[after++] = slot++;
  }

  const occupied = new Occupancy(slot);
  for (const each of source) occupied.change(each, 1);
  const sourceIndexes = new Array<number>(size).fill(-1);
  const steps: Step[] = [];
  for (let index = targetIndexes.length - 1; index >= 0; index--) {
    const goal = targetIndexes[index] as number;
    if (goal >= 0) sourceIndexes[goal] = index;
    else steps.push({ kind: 'remove', at: vacate(index) });
  }
  for (let index = 0; index < size; index++) {
    const origin = sourceIndexes[index] as number;
    if (origin >= 0 && source[origin] === target[index]) continue;
    if (origin >= 0) steps.push({ kind: 'move', from: vacate(origin), to: occupy(index) });
    else steps.push({ kind: 'add', at: occupy(index), index });
  }
  return steps;

  function vacate(index: number): number {
    occupied.change(source[index] as number, -1);
    return occupied.before(source[index] as number);
  }
  function occupy(index: number): number {
    occupied.change(target[index] as number, 1);
    return occupied.before(target[index] as number);
  }
}

/** Returns the positions of a longest increasing subsequence, ignoring negative values (patience sorting). */
function longestRun(values: readonly number[]): number[] {
  const tails: number[] = [];
  const previous = new Array<number>(values.length).fill(-1);
  values.forEach((value, position) => {
    if (value < 0) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    previous[position] = tails[low - 1] ?? -1;
    tails[low] = position;
  });
  const run: number[] = [];
  for (let position = tails.at(-1) ?? -1; position >= 0; position = previous[position] as number)
    run.push(position);
  return run.reverse();
}

/** Counts the occupied slots before a given slot in O(log n) (a binary indexed tree). */
class Occupancy {
  readonly #sums: Int32Array;

  constructor(slots: number) {
    this.#sums = new Int32Array(slots + 1);
  }

  change(slot: number, by: 1 | -1): void {
    for (let i = slot + 1; i < this.#sums.length; i += i & -i) this.#sums[i] = (this.#sums[i] as number) + by;
  }

  before(slot: number): number {
    let count = 0;
    for (let i = slot; i > 0; i -= i & -i) count += this.#sums[i] as number;
    return count;
  }
}
