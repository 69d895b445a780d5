import { monotonicClock, type Clock } from './deadline.ts';

/** One who waits for a turn. Exactly one of the two is called, once. */
export interface Ticket {
  readonly start: () => void;
  readonly refuse: () => void;
}

export interface TurnQueueOptions {
  /** What may begin in one turn of the event loop. */
  readonly startsPerTurn: number;
  /** Longest wait in a line that stands, in milliseconds; in one that was empty a moment ago, ten times as long. */
  readonly maxDelayMs: number;
  readonly clock?: Clock;
  /** Calls back once in the next turn of the event loop. default `setImmediate` */
  readonly nextTurn?: (callback: () => void) => void;
}

interface Line {
  readonly waiting: { readonly since: number; readonly ticket: Ticket }[];
  /** Since when it has not been empty. */
  readonly standsSince: number;
}

/**
 * Lets so much begin per turn of the event loop that no turn is long and what has begun comes to an end; the rest waits in
 * line. Each key has a line of its own, and they are served in turn: who sends ten times as much waits for itself (fair
 * queueing, RFC 8290). A burst may wait; in a line that does not get empty any more whoever would be late is refused early
 * (controlled delay, RFC 8289, in the form of "Fail at Scale", ACM Queue 13(8)). There is no limit to tune: the length of
 * a turn measures machine, work and neighbours at once. Its caller bounds how many wait.
 */
export class TurnQueue<Key> {
  readonly #startsPerTurn: number;
  readonly #maxDelayMs: number;
  readonly #burstMs: number;
  readonly #clock: Clock;
  readonly #nextTurn: (callback: () => void) => void;
  /** In the order of their turns; none is empty. */
  readonly #lines = new Map<Key, Line>();
  /** When each key was last refused, if not long ago: a line that is empty for having been refused is none that was served. */
  readonly #refusedAt = new Map<Key, number>();
  #started = 0;
  #turnIsDue = false;

  constructor({
    startsPerTurn,
    maxDelayMs,
    clock = monotonicClock,
    nextTurn = setImmediate,
  }: TurnQueueOptions) {
    this.#startsPerTurn = startsPerTurn;
    this.#maxDelayMs = maxDelayMs;
    this.#burstMs = 10 * maxDelayMs;
    this.#clock = clock;
    this.#nextTurn = nextTurn;
  }

  /** Whether the caller may begin now. When not, it is to {@link wait}. */
  take(): boolean {
    if (this.#lines.size > 0 || this.#started >= this.#startsPerTurn) return false;
    this.#started++;
    this.#askForTurn();
    return true;
  }

  wait(key: Key, ticket: Ticket): void {
    const since = this.#clock();
    const line = this.#lines.get(key);
    if (line) line.waiting.push({ since, ticket });
    else this.#lines.set(key, { waiting: [{ since, ticket }], standsSince: this.#standsSince(key, since) });
    this.#askForTurn();
  }

  #standsSince(key: Key, now: number): number {
    const refusedAt = this.#refusedAt.get(key);
    if (refusedAt === undefined) return now;
    if (now - refusedAt <= this.#burstMs) return -Infinity;
    this.#refusedAt.delete(key);
    return now;
  }

  #askForTurn(): void {
    if (this.#turnIsDue) return;
    this.#turnIsDue = true;
    this.#nextTurn(this.#turn);
  }

  readonly #turn = (): void => {
    this.#turnIsDue = false;
    this.#started = 0;
    while (this.#started < this.#startsPerTurn && this.#lines.size > 0) this.#serveNextLine();
    if (this.#lines.size > 0) this.#askForTurn();
  };

  #serveNextLine(): void {
    const [next] = this.#lines;
    if (!next) return;
    const [key, { waiting, standsSince }] = next;
    this.#lines.delete(key);
    const now = this.#clock();
    const patienceMs = now - standsSince > this.#burstMs ? this.#maxDelayMs : this.#burstMs;
    let first = waiting.shift();
    for (; first && now - first.since > patienceMs; first = waiting.shift()) {
      first.ticket.refuse();
      this.#refusedAt.set(key, now);
    }
    // To the end of the round before the start, which may come here again.
    if (waiting.length > 0) this.#lines.set(key, { waiting, standsSince });
    if (!first) return;
    this.#started++;
    first.ticket.start();
  }
}
