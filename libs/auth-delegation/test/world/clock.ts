/** A clock that stands still until it is moved. Milliseconds. */
export interface StoppedClock {
  readonly now: () => number;
  /** The same instant in epoch seconds. */
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
