/** Monotonic milliseconds; injected, so that tests do not sleep. */
export type Clock = () => number;

export const monotonicClock: Clock = () => performance.now();

/**
 * Until when an answer is of use, and whether anybody still waits for it.
 * Handed down from the request to every call; a child never outlives its parent.
 */
export class Deadline {
  /** Point on the clock, in milliseconds. */
  readonly expiresAt: number;
  /** Aborted when the waiting side goes away; expiry of time does not abort it. */
  readonly signal: AbortSignal;
  readonly clock: Clock;

  private constructor(expiresAt: number, signal: AbortSignal, clock: Clock) {
    this.expiresAt = expiresAt;
    this.signal = signal;
    this.clock = clock;
  }

  /** A deadline `ms` milliseconds from now. */
  static after(ms: number, signal: AbortSignal, clock: Clock = monotonicClock): Deadline {
    return new Deadline(clock() + ms, signal, clock);
  }

  /** Milliseconds left; never negative. */
  remaining(): number {
    return Math.max(0, this.expiresAt - this.clock());
  }

  /** At most `ms` milliseconds from now, and never later than this one. `signal` replaces this one's when given. */
  within(ms: number, signal: AbortSignal = this.signal): Deadline {
    return new Deadline(Math.min(this.expiresAt, this.clock() + ms), signal, this.clock);
  }
}
