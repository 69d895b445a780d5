import type { Degradation } from '../core/outcome.ts';

/** One source of one answer that was not fresh. Of the user there is nothing in it. */
export interface RecentDegradation extends Degradation {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly tenant: string;
  readonly screen: string;
}

/** The last ones of this process, newest first. */
export class RecentDegradations {
  readonly #kept: RecentDegradation[] = [];
  readonly #size: number;

  /** @param size how many are kept; default 50 */
  constructor(size = 50) {
    this.#size = size;
  }

  add(each: RecentDegradation): void {
    if (this.#kept.length === this.#size) this.#kept.shift();
    this.#kept.push(each);
  }

  list(): RecentDegradation[] {
    return this.#kept.toReversed();
  }
}
