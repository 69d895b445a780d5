/** Intervals without draining after which a queue is standing. */
const intervalsToStand = 2;
/** Most rejected requests per begun one in an interval after which a queue is no longer standing. */
const drainedRatio = 1 / 20;
/** Share of an interval without a waiting request after which a queue is no longer standing. */
const emptyShare = 3 / 4;

/**
 * Detects that a queue is standing (it does not drain). Its delay stayed at or above the maximum for two
 * intervals, each as long as the maximum, and in neither of them did more requests begin than arrive. CoDel
 * (RFC 8289) requires one such interval. A shorter overload is treated as a burst, and the delays of a cold process do
 * not count. The queue is no longer standing after an interval in which hardly any request was rejected although the
 * delay was short, or which the queue spent empty for the most part. A single short delay is not enough, because an
 * overload with slow upstreams empties the queue again and again.
 */
export class StandingQueue {
  readonly #maxDelayMs: number;
  readonly #coldUntil: number;
  #isStanding = false;
  /** Number of the latest intervals in a row in which the queue did not drain. */
  #undrained = 0;
  /** When the interval began; undefined while the delay is short and the queue not standing. */
  #since: number | undefined;
  /** Figures of the interval. */
  #arrived = 0;
  #begun = 0;
  #rejected = 0;
  #minDelayMs = Infinity;
  #emptyMs = 0;
  /** Time since which no request waits; undefined while one does. */
  #emptySince: number | undefined;

  /** @param coldUntil time before which no delay counts */
  constructor(maxDelayMs: number, coldUntil = -Infinity) {
    this.#maxDelayMs = maxDelayMs;
    this.#coldUntil = coldUntil;
  }

  get isStanding(): boolean {
    return this.#isStanding;
  }

  /** Records that a request waits. */
  arrived(now: number): void {
    this.#arrived++;
    this.#emptyMs += this.#emptyFor(now);
    this.#emptySince = undefined;
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

  /** Records a delay: of a request that begins, or of the oldest request that waits. */
  observe(waitedMs: number, now: number): void {
    if (!this.#isStanding && (waitedMs < this.#maxDelayMs || now < this.#coldUntil)) {
      this.#since = undefined;
      this.#undrained = 0;
      return;
    }
    const lastedMs = now - (this.#since ?? this.#startInterval(now));
    this.#minDelayMs = Math.min(this.#minDelayMs, waitedMs);
    if (lastedMs < this.#maxDelayMs) return;
    if (this.#isStanding) this.#isStanding = !this.#hasEnded(lastedMs, now);
    else {
      this.#undrained = this.#begun > this.#arrived ? 0 : this.#undrained + 1;
      this.#isStanding = this.#undrained >= intervalsToStand;
    }
    this.#startInterval(now);
  }

  #hasEnded(lastedMs: number, now: number): boolean {
    const isEmpty = this.#emptyMs + this.#emptyFor(now) >= lastedMs * emptyShare;
    return isEmpty || (this.#minDelayMs < this.#maxDelayMs && this.#rejected <= this.#begun * drainedRatio);
  }

  #emptyFor(now: number): number {
    return this.#emptySince === undefined ? 0 : now - this.#emptySince;
  }

  /** @returns the start of the interval */
  #startInterval(now: number): number {
    this.#arrived = 0;
    this.#begun = 0;
    this.#rejected = 0;
    this.#minDelayMs = Infinity;
    this.#emptyMs = 0;
    if (this.#emptySince !== undefined) this.#emptySince = now;
    return (this.#since = now);
  }
}
