import type { Now } from '../time.ts';

export interface RefreshedOptions<T> {
  readonly load: () => Promise<T>;
  /** Milliseconds after which the value is reloaded in the background. */
  readonly maxAgeMs: number;
  /** Milliseconds after which the value is reloaded before it is used. default: never */
  readonly trustedMs?: number;
  /** Milliseconds for which an old value is used while loading fails. default: without limit */
  readonly staleMs?: number;
  /** Minimum milliseconds between two loads for one purpose. */
  readonly cooldownMs: number;
  /** Maximum number of loads without a cool-down in between (the size of the token bucket). default 1 */
  readonly burst?: number;
  /** Replaces `cooldownMs` while there is no value or the last load failed. */
  readonly retryMs: number;
  readonly now: Now;
}

/**
 * A cached value of a remote party, loaded on first use and kept while that party is down (stale-if-error).
 */
export class RefreshingCache<T> {
  readonly #options: RefreshedOptions<T>;
  #value: { readonly of: T; readonly loadedAt: number } | undefined;
  #pending: Promise<T> | undefined;
  #triedAt = -Infinity;
  /** Remaining loads and the time of that count, by purpose (token bucket). */
  readonly #allowances = new Map<string, { readonly loads: number; readonly at: number }>();
  #failure: unknown;
  #hasFailed = false;

  constructor(options: RefreshedOptions<T>) {
    this.#options = options;
  }

  /** Whether the last load failed, so that the value may be outdated. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /**
   * Returns the cached value without waiting, and reloads an old one in the background. Undefined if there is
   * no value or it is older than `trustedMs`.
   */
  peek(): T | undefined {
    if (!this.#value) return undefined;
    const { now, maxAgeMs, trustedMs = Infinity } = this.#options;
    const age = now() - this.#value.loadedAt;
    if (age >= trustedMs) return undefined;
    if (age >= maxAgeMs) void this.refresh().catch(() => undefined);
    return this.#value.of;
  }

  /**
   * Returns the cached value, or loads it.
   * @throws the error of `load` if there is no value, or none younger than `staleMs`
   */
  async get(): Promise<T> {
    return this.peek() ?? this.refresh();
  }

  /**
   * Reloads the value if the cool-down permits, else returns the cached one. Concurrent calls share one load.
   * @param purpose a text from a fixed list, because each purpose has its own token bucket, which is never
   * removed
   */
  async refresh(purpose = ''): Promise<T> {
    if (this.#pending) return this.#pending;
    if (!this.#mayLoad(purpose)) return this.#atHand();
    this.#pending = this.#load();
    try {
      return await this.#pending;
    } finally {
      this.#pending = undefined;
    }
  }

  /** Takes one load from the token bucket of a purpose. Returns false if the value must not be loaded yet. */
  #mayLoad(purpose: string): boolean {
    const { now, cooldownMs, retryMs, burst = 1 } = this.#options;
    const at = now();
    const sinceTried = at - this.#triedAt;
    if (!this.#value || this.#hasFailed) {
      if (sinceTried < retryMs) return false;
    } else {
      const { loads, at: countedAt } = this.#allowances.get(purpose) ?? {
        loads: burst - 1,
        at: this.#triedAt,
      };
      const allowed = Math.min(burst, loads + (at - countedAt) / cooldownMs);
      if (allowed < 1) return false;
      this.#allowances.set(purpose, { loads: allowed - 1, at });
    }
    this.#triedAt = at;
    return true;
  }

  async #load(): Promise<T> {
    try {
      const of = await this.#options.load();
      this.#value = { of, loadedAt: this.#options.now() };
      this.#hasFailed = false;
    } catch (error) {
      this.#failure = error;
      this.#hasFailed = true;
    }
    return this.#atHand();
  }

  #atHand(): T {
    const { now, staleMs = Infinity } = this.#options;
    if (!this.#value || now() - this.#value.loadedAt >= staleMs) throw this.#failure;
    return this.#value.of;
  }
}
