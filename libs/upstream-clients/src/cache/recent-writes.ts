import { RecencyList, type Linked } from './recency-list.ts';

interface Write extends Linked<Write> {
  readonly owner: string;
  at: number;
}

/** Owners remembered one by one. */
const maxOwners = 10_000;

/**
 * When each owner last wrote, so that it reads its own writes: what was asked for before is not to be taken from a cache or
 * a call in flight. Of a whole service, for a write changes more than its own path: a message that was read changes a count.
 */
export class RecentWrites {
  readonly #last = new Map<string, Write>();
  readonly #byTime = new RecencyList<Write>();
  /** When the last owner that was forgotten wrote; holds for everybody, which is too strict but never wrong. */
  #forgotten = -Infinity;

  note(owner: string, now: number): void {
    let write = this.#last.get(owner);
    if (!write) this.#last.set(owner, (write = { owner, at: now }));
    write.at = now;
    this.#byTime.touch(write);
    const { oldest } = this.#byTime;
    if (this.#last.size <= maxOwners || !oldest) return;
    this.#last.delete(oldest.owner);
    this.#byTime.remove(oldest);
    this.#forgotten = oldest.at;
  }

  /** Whether what was asked for at `askedAt` is from after the owner's last write. */
  allow(owner: string, askedAt: number): boolean {
    return askedAt > this.#forgotten && askedAt > (this.#last.get(owner)?.at ?? -Infinity);
  }
}
