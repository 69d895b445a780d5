import type { Degradation } from '../core/outcome.ts';

/** A source of an answer that was not fresh. Contains nothing about the user. */
export interface RecentDegradation extends Degradation {
  /** When the answer was sent, in milliseconds since 1970. */
  readonly at: number;
  readonly tenant: string;
  readonly screen: string;
}

/** The latest degradations of this process, newest first. */
export class RecentDegradations {
  readonly #kept: RecentDegradation[] = [];
  readonly #size: number;

  /** @param size maximum number of entries. default 50 */
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
