import type { Deadline } from '@bff/service-kit';

/**
 * A promise for a result. It settles after `ms` or when the caller disconnects, if no result came before, and
 * then holds neither timer nor listener.
 */
export class AbortableTimeout<T> {
  readonly settled: Promise<T>;
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal;
  readonly #ifAborted: T;
  #resolve: ((result: T) => void) | undefined;

  constructor(ms: number, { signal }: Deadline, results: { readonly timeUp: T; readonly aborted: T }) {
    this.settled = new Promise((resolve) => (this.#resolve = resolve));
    this.#signal = signal;
    this.#ifAborted = results.aborted;
    this.#timer = setTimeout(() => this.settle(results.timeUp), Math.ceil(ms));
    if (signal.aborted) this.settle(results.aborted);
    else signal.addEventListener('abort', this);
  }

  /** Settles the promise; returns false when it was settled before. */
  settle(result: T): boolean {
    const resolve = this.#resolve;
    if (!resolve) return false;
    this.#resolve = undefined;
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this);
    resolve(result);
    return true;
  }

  /** Handles the `abort` event of the caller's signal. */
  handleEvent(): void {
    this.settle(this.#ifAborted);
  }
}
