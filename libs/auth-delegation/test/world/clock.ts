/** A clock that only the test moves. Milliseconds since 1970. */
export interface StoppedClock {
  readonly now: () => number;
  /** Returns the same time in seconds since 1970. */
  readonly seconds: () => number;
  advance(seconds: number): void;
}

export function stoppedClock(start = Date.UTC(2026, 10, 22, 12)): StoppedClock {
  let at = start;
  return {
    now: () => at,
    seconds: () => Math.floor(at / 1000),
    advance: (seconds) => void (at += seconds * 1000),
  };
}
