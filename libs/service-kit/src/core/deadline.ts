/** Returns monotonic milliseconds. Injected, so that tests do not sleep. */
export type Clock = () => number;

export const monotonicClock: Clock = () => performance.now();

/**
 * The time by which an answer is needed, and a signal that aborts when the caller abandons it. The request
 * passes it to every call; a child deadline is never later than its parent.
 */
export class Deadline {
  /** Time on the clock, in milliseconds. */
  readonly expiresAt: number;
  /** Aborted when the caller disconnects. Expiry does not abort it. */
  readonly signal: AbortSignal;
  readonly clock: Clock;

  private constructor(expiresAt: number, signal: AbortSignal, clock: Clock) {
    this.expiresAt = expiresAt;
    this.signal = signal;
    this.clock = clock;
  }

  /** Creates a deadline `ms` milliseconds from the current time. */
  static after(ms: number, signal: AbortSignal, clock: Clock = monotonicClock): Deadline {
    return new Deadline(clock() + ms, signal, clock);
  }

  /** Returns the milliseconds left; never negative. */
  remaining(): number {
    return Math.max(0, this.expiresAt - this.clock());
  }

  /**
   * Creates a child deadline at most `ms` milliseconds from the current time and never later than this one.
   * `signal` replaces the signal of this one.
   */
  within(ms: number, signal: AbortSignal = this.signal): Deadline {
    return new Deadline(Math.min(this.expiresAt, this.clock() + ms), signal, this.clock);
  }
}
