/**
 * Lower bound, unless the ceiling is lower: some calls must reach an upstream for its recovery to be noticed.
 */
const floor = 8;
const backoff = 0.75;

/**
 * Adaptive limit of concurrent calls to an upstream: additive increase, multiplicative decrease (AIMD), below
 * a fixed ceiling. Decreases on evidence of overload (time-outs, 429, 503), at most once per round trip.
 * Increases by one per successful round trip while at least half of the limit is in use: successes at low
 * load do not show that the upstream can take more.
 */
export class ConcurrencyLimit {
  readonly #ceiling: number;
  readonly #floor: number;
  #limit: number;
  #shrunkAt = -Infinity;

  constructor(ceiling: number) {
    this.#ceiling = ceiling;
    this.#floor = Math.min(floor, ceiling);
    this.#limit = ceiling;
  }

  get value(): number {
    return Math.floor(this.#limit);
  }

  succeeded(running: number): void {
    if (this.#limit < this.#ceiling && running * 2 >= this.#limit)
      this.#limit = Math.min(this.#ceiling, this.#limit + 1 / this.#limit);
  }

  /**
   * Decreases the limit.
   * @param startedAt when the call started, on the clock of `now`: a call that started before the last
   * decrease does not cause another one
   */
  overloaded(startedAt: number, now: number): void {
    if (startedAt <= this.#shrunkAt) return;
    this.#shrunkAt = now;
    this.#limit = Math.max(this.#floor, this.#limit * backoff);
  }
}
