import { type Now } from '../time.ts';

export interface RefreshedOptions<T> {
  readonly load: () => Promise<T>;
  /** After this many milliseconds a value is loaded anew, behind the back of those who use the old one. */
  readonly maxAgeMs: number;
  /** Between two loads at least this many milliseconds pass, whoever asks and however often. */
  readonly cooldownMs: number;
  /** As `cooldownMs`, while there is no value at all. */
  readonly retryMs: number;
  readonly now: Now;
}

/** A value of another party, loaded when first needed and kept when that party goes away. */
export class Refreshed<T> {
  readonly #options: RefreshedOptions<T>;
  #value: { readonly of: T; readonly loadedAt: number } | undefined;
  #pending: Promise<T> | undefined;
  #triedAt = -Infinity;
  #failure: unknown;

  constructor(options: RefreshedOptions<T>) {
    this.#options = options;
  }

  /** What is at hand, at once. */
  peek(): T | undefined {
    if (!this.#value) return undefined;
    if (this.#options.now() - this.#value.loadedAt >= this.#options.maxAgeMs)
      void this.refresh().catch(() => undefined);
    return this.#value.of;
  }

  /** What is at hand, else the first load. @throws what `load` threw, only when there never was a value */
  async get(): Promise<T> {
    return this.peek() ?? this.refresh();
  }

  /** A newer value when the cool-down allows to ask for one, else what is at hand. Concurrent callers share one load. */
  async refresh(): Promise<T> {
    if (this.#pending) return this.#pending;
    const { now, cooldownMs, retryMs } = this.#options;
    if (now() - this.#triedAt < (this.#value ? cooldownMs : retryMs)) return this.#atHand();
    this.#triedAt = now();
    this.#pending = this.#load();
    try {
      return await this.#pending;
    } finally {
      this.#pending = undefined;
    }
  }

  async #load(): Promise<T> {
    try {
      const of = await this.#options.load();
      this.#value = { of, loadedAt: this.#options.now() };
    } catch (error) {
      this.#failure = error;
    }
    return this.#atHand();
  }

  #atHand(): T {
    if (!this.#value) throw this.#failure;
    return this.#value.of;
  }
}
