/** Maximum share of rejected requests in an interval after which a queue no longer counts as standing. */
const drainedShare = 1 / 20;

/**
 * Detects whether a queue is standing, that is, does not drain, from the delay of the requests that begin
 * (CoDel, RFC 8289). A queue is standing once its delay has been above the maximum for an interval. It remains
 * so until an interval in which hardly any request had to be rejected. The interval is as long as the maximum
 * delay: shorter overloads are bursts, which drain by themselves.
 */
export class StandingQueue {
  readonly #maxDelayMs: number;
  /** Time since which every delay has been above the maximum. */
  #aboveSince: number | undefined;
  /** When the interval began; undefined while the queue is not standing. */
  #since: number | undefined;
  #begun = 0;
  #rejected = 0;

  constructor(maxDelayMs: number) {
    this.#maxDelayMs = maxDelayMs;
  }

  get isStanding(): boolean {
    return this.#since !== undefined;
  }

  /** Records that a request began after a wait. */
  began(waitedMs: number, now: number): void {
    this.observe(waitedMs, now);
    this.#begun++;
  }

  /** Records that a request was rejected because the queue is standing. */
  rejected(): void {
    this.#rejected++;
  }

  /** Records a delay: of a request that begins, or of the oldest request that waits. */
  observe(waitedMs: number, now: number): void {
    if (this.#since !== undefined) return this.#endInterval(this.#since, now);
    if (waitedMs < this.#maxDelayMs) this.#aboveSince = undefined;
    else {
      this.#aboveSince ??= now;
      if (now - this.#aboveSince >= this.#maxDelayMs) this.#startInterval(now);
    }
  }

  #endInterval(since: number, now: number): void {
    const age = now - since;
    if (age < this.#maxDelayMs) return;
    const isIdle = age >= 2 * this.#maxDelayMs;
    const isDrained = this.#rejected <= this.#begun * drainedShare;
    this.#startInterval(isIdle || isDrained ? undefined : now);
  }

  #startInterval(since: number | undefined): void {
    this.#since = since;
    this.#aboveSince = undefined;
    this.#begun = 0;
    this.#rejected = 0;
  }
}
