import type { Now } from '../time.ts';

export interface RefreshedOptions<T> {
  readonly load: () => Promise<T>;
  /** After this many milliseconds a value is loaded again in the background. */
  readonly maxAgeMs: number;
  /** After this many milliseconds a value is loaded again before it is used; default: never. */
  readonly trustedMs?: number;
  /** How long an older value is used while loading fails; default: for ever. */
  readonly staleMs?: number;
  /** One load is allowed in this many milliseconds for each purpose, whoever asks and however often. */
  readonly cooldownMs: number;
  /** Loads that may follow each other at once, when there were none for as many cool-downs; default 1. */
  readonly burst?: number;
  /** As `cooldownMs`, while there is no value at all, or the last load failed. */
  readonly retryMs: number;
  readonly now: Now;
}

/** A value of another party, loaded when first needed and kept when that party goes away. */
export class Refreshed<T> {
  readonly #options: RefreshedOptions<T>;
  #value: { readonly of: T; readonly loadedAt: number } | undefined;
  #pending: Promise<T> | undefined;
  #triedAt = -Infinity;
  /** Loads that are allowed now, and when that was counted, by purpose. */
  readonly #allowances = new Map<string, { readonly loads: number; readonly at: number }>();
  #failure: unknown;
  #hasFailed = false;

  constructor(options: RefreshedOptions<T>) {
    this.#options = options;
  }

  /** Whether the last load failed: what is at hand may be older than what its publisher has. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** What is at hand, at once. */
  peek(): T | undefined {
    if (!this.#value) return undefined;
    const { now, maxAgeMs, trustedMs = Infinity } = this.#options;
    const age = now() - this.#value.loadedAt;
    if (age >= trustedMs) return undefined;
    if (age >= maxAgeMs) void this.refresh().catch(() => undefined);
    return this.#value.of;
  }

  /** What is at hand, else the first load. @throws what `load` threw, only when there never was a value */
  async get(): Promise<T> {
    return this.peek() ?? this.refresh();
  }

  /**
   * A newer value when the cool-down allows to ask for one, else what is at hand. Concurrent callers share one load.
   * @param purpose cool-downs are counted by it: one of a closed list
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

  /** Counts the load that it allows. */
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
