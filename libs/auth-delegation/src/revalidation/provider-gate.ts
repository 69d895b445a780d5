import type { Now } from '../time.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

export interface ProviderGateOptions {
  readonly now: Now;
  /** Told once when the provider stops answering, and once when it answers again. */
  readonly onChange: (isAway: boolean) => void;
}

/**
 * Keeps requests from a provider that does not answer: after a failure one may try again after a pause, which doubles up to
 * 30 seconds. opossum was weighed: it has one fixed pause, and counts rates where a single answer decides here.
 */
export class ProviderGate {
  readonly #options: ProviderGateOptions;
  #pauseMs = 0;
  #closedUntil = -Infinity;
  #failedAt = -Infinity;

  constructor(options: ProviderGateOptions) {
    this.#options = options;
  }

  /** False: the provider is not to be called now. True for one caller of each pause while it is away. */
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
    // Calls that were under way together fail together: that is one failure.
    if (at - this.#failedAt < this.#pauseMs / 2) return;
    this.#failedAt = at;
    if (this.#pauseMs === 0) this.#options.onChange(true);
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs === 0 ? firstPauseMs : 2 * this.#pauseMs);
    this.#closedUntil = at + this.#pauseMs;
  }
}
