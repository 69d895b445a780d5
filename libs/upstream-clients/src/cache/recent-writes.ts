import { LruList, type Linked } from './lru-list.ts';

interface Write extends Linked<Write> {
  readonly owner: string;
  at: number;
}

/** Maximum number of owners whose last write is remembered individually. */
const maxOwners = 10_000;

/**
 * Records when each owner (tenant, identity and service) last wrote, so that it reads its own writes: answers
 * requested before its last write are taken neither from the cache nor from a call in flight. Applies to the
 * complete service, because a write may change more than its own path, such as a counter.
 */
export class RecentWrites {
  readonly #last = new Map<string, Write>();
  readonly #byTime = new LruList<Write>();
  /**
   * Time of the latest write of any evicted owner. It is applied to every owner: that may cause an unneeded
   * call, but never an outdated answer.
   */
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

  /** Whether a request made at `askedAt` is later than the owner's last write. */
  allow(owner: string, askedAt: number): boolean {
    return askedAt > this.#forgotten && askedAt > (this.#last.get(owner)?.at ?? -Infinity);
  }
}
