/** Most rejected requests per begun one in an interval after which a queue is no longer standing. */
const drainedRatio = 1 / 20;
/** Share of an interval without a waiting request after which a queue is no longer standing. */
const emptyShare = 3 / 4;

/**
 * Detects that a queue is standing (it does not drain): its delay stayed at or above the maximum for an
 * interval, which is as long as the maximum (the entry condition of CoDel, RFC 8289). A shorter overload is
 * treated as a burst. The queue is no longer standing after an interval in which hardly any request was
 * rejected although the delay was short, or which the queue spent empty for the most part. A single short delay
 * is not enough, because an overload with slow upstreams empties the queue again and again.
 */
export class StandingQueue {
  readonly #maxDelayMs: number;
  /** Time since which every delay has been at or above the maximum. */
  #aboveSince: number | undefined;
  /** When the interval began; undefined while the queue is not standing. */
  #intervalSince: number | undefined;
  /** Figures of the interval. */
  #begun = 0;
  #rejected = 0;
  #minDelayMs = Infinity;
  #emptyMs = 0;
  /** Time since which no request waits; undefined while one does. */
  #emptySince: number | undefined;

  constructor(maxDelayMs: number) {
    this.#maxDelayMs = maxDelayMs;
  }

  get isStanding(): boolean {
    return this.#intervalSince !== undefined;
  }

  /** Records that a request began after a wait. */
  began(waitedMs: number, now: number): void {
    this.observe(waitedMs, now);
    this.#begun++;
  }

  /** Records that a request was rejected for its waiting time. */
  rejected(): void {
    this.#rejected++;
  }

  /** Records that no request waits any more. */
  emptied(now: number): void {
    this.#emptySince ??= now;
  }

  /** Records that a request waits in the empty queue. */
  filled(now: number): void {
    this.#emptyMs += this.#emptyFor(now);
    this.#emptySince = undefined;
  }

  /** Records a delay: of a request that begins, or of the oldest request that waits. */
  observe(waitedMs: number, now: number): void {
    if (this.#intervalSince !== undefined) {
      this.#minDelayMs = Math.min(this.#minDelayMs, waitedMs);
      this.#endInterval(this.#intervalSince, now);
    } else if (waitedMs < this.#maxDelayMs) this.#aboveSince = undefined;
    else {
      this.#aboveSince ??= now;
      if (now - this.#aboveSince >= this.#maxDelayMs) this.#startInterval(now, now);
    }
  }

  #endInterval(since: number, now: number): void {
    const lastedMs = now - since;
    if (lastedMs < this.#maxDelayMs) return;
    const isEmpty = this.#emptyMs + this.#emptyFor(now) >= lastedMs * emptyShare;
    const isDrained = this.#minDelayMs < this.#maxDelayMs && this.#rejected <= this.#begun * drainedRatio;
    this.#startInterval(isEmpty || isDrained ? undefined : now, now);
  }

  #emptyFor(now: number): number {
    return this.#emptySince === undefined ? 0 : now - this.#emptySince;
  }

  #startInterval(since: number | undefined, now: number): void {
    this.#intervalSince = since;
    this.#aboveSince = undefined;
    this.#begun = 0;
    this.#rejected = 0;
    this.#minDelayMs = Infinity;
    this.#emptyMs = 0;
    if (this.#emptySince !== undefined) this.#emptySince = now;
  }
}
