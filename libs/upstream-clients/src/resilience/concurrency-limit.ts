/** Never below this, or below the ceiling when that is less: an upstream that recovers must be seen to. */
const floor = 8;
const backoff = 0.75;

/**
 * How many calls an upstream is given at a time: additive increase, multiplicative decrease, below a fixed ceiling.
 * It shrinks on evidence of overload (time-outs, 429, 503), once per round trip and not once per call, and grows by one
 * per round trip that succeeded while at least half of it was in use: an idle upstream proves nothing.
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

  /** @param startedAt of the call, on the clock of `now`: those begun before the last decrease are paid for by it */
  overloaded(startedAt: number, now: number): void {
    if (startedAt <= this.#shrunkAt) return;
    this.#shrunkAt = now;
    this.#limit = Math.max(this.#floor, this.#limit * backoff);
  }
}
