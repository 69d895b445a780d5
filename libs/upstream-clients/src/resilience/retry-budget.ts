const leastRetries = 3;
const share = 0.2;

/** How many of the calls to one upstream may be retries: at most 3, or 20 % of those in flight when that is more. */
export class RetryBudget {
  #inFlight = 0;
  #retrying = 0;

  enter(): void {
    this.#inFlight++;
  }

  leave(): void {
    this.#inFlight--;
  }

  /** False: not now. True: to be given back when the retry is over. */
  take(): boolean {
    if (this.#retrying >= Math.max(leastRetries, Math.floor(share * this.#inFlight))) return false;
    this.#retrying++;
    return true;
  }

  giveBack(): void {
    this.#retrying--;
  }
}
