import type { Now } from '../time.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

export interface ProviderGateOptions {
  readonly now: Now;
  /** Called once when the provider stops responding, and once when it recovers. */
  readonly onChange: (isAway: boolean) => void;
}

/**
 * A circuit breaker for the provider: after a failure one trial call is permitted after a pause, which
 * doubles up to 30 seconds. opossum does not fit: its pause is fixed, and it opens at a failure rate, while
 * here a single failure opens the circuit.
 */
export class ProviderGate {
  readonly #options: ProviderGateOptions;
  #pauseMs = 0;
  #closedUntil = -Infinity;
  #failedAt = -Infinity;

  constructor(options: ProviderGateOptions) {
    this.#options = options;
  }

  /** Returns whether the provider may be called. While it is down, true once per pause. */
  admits(): boolean {
    if (this.#pauseMs === 0) return true;
    const at = this.#options.now();
    if (at < this.#closedUntil) return false;
    this.#closedUntil = at + this.#pauseMs;
    return true;
  }

  answered(): void {
    if (this.#pauseMs === 0) return;
    this.#pauseMs = 0;
    this.#options.onChange(false);
  }

  failed(): void {
    const at = this.#options.now();
    // Concurrent calls fail together, which counts as one failure.
    if (at - this.#failedAt < this.#pauseMs / 2) return;
    this.#failedAt = at;
    if (this.#pauseMs === 0) this.#options.onChange(true);
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs === 0 ? firstPauseMs : 2 * this.#pauseMs);
    this.#closedUntil = at + this.#pauseMs;
  }
}
