const leastRetries = 3;
const share = 0.2;

/**
 * Bounds the concurrent retries to one upstream: at most 3, or 20 % of the calls in flight when that is more.
 */
export class RetryBudget {
  #inFlight = 0;
  #retrying = 0;

  enter(): void {
    this.#inFlight++;
  }

  leave(): void {
    this.#inFlight--;
  }

  /**
   * Takes one retry out of the budget; returns false when none is left. After true, `giveBack` must be called
   * when the retry ends.
   */
  take(): boolean {
    if (this.#retrying >= Math.max(leastRetries, Math.floor(share * this.#inFlight))) return false;
    this.#retrying++;
    return true;
  }

  giveBack(): void {
    this.#retrying--;
  }
}
