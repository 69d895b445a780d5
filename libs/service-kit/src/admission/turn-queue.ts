import { monotonicClock, type Clock } from '../core/deadline.ts';
import { ShortLivedMap } from '../core/short-lived-map.ts';

/** One who waits for a turn. Exactly one of the two is called, once. */
export interface Ticket {
  readonly start: () => void;
  readonly refuse: () => void;
}

export interface TurnQueueOptions {
  /** What may begin in one turn of the event loop. */
  readonly startsPerTurn: number;
  /** Longest wait in a line that stands, in milliseconds; in one that was empty a moment ago ten times as long, in a crowded one a quarter. */
  readonly maxDelayMs: number;
  /** Nobody is refused before so many: turns are long after a stall, and where requests are large. default 4 */
  readonly leastTurns?: number;
  readonly clock?: Clock;
  /** Calls back once in the next turn of the event loop. default `setImmediate` */
  readonly nextTurn?: (callback: () => void) => void;
}

/** How much began in the last while. */
class Pace {
  readonly #windowMs: number;
  #since = -Infinity;
  #count = 0;
  #before = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  note(now: number): void {
    const age = now - this.#since;
    if (age > this.#windowMs) {
      this.#before = age > 2 * this.#windowMs ? 0 : this.#count;
      this.#count = 0;
      this.#since = now;
    }
    this.#count++;
  }

  /** In one window: the last whole one, or the present one if that had more already. */
  get perWindow(): number {
    return Math.max(this.#before, this.#count);
  }
}

interface Waiting {
  readonly since: number;
  /** The turn it came in. */
  readonly turn: number;
  readonly ticket: Ticket;
}

interface Line {
  readonly waiting: Waiting[];
  /** Since when it has not been empty. */
  readonly standsSince: number;
  readonly pressure: Pressure;
}

/** Outlives a line that is empty for having been refused: that is none that was served. */
interface Pressure {
  readonly pace: Pace;
  refusedAt: number;
  crowdedUntil: number;
}

/** A line is crowded when so many times what can begin in time wait in it: from some two and a half times capacity on. */
const crowd = 1.5;
/** And at least so many: where requests are large, a few clients are more than can begin in time. */
const leastCrowd = 24;
/** For how long; then it is tried again whether all can be served, as clients that ask again at once look like more. Milliseconds. */
const crowdedMs = 5_000;

/**
 * Lets so much begin per turn of the event loop that no turn is long and what has begun comes to an end; the rest waits in
 * line. Each key has a line of its own, and they are served in turn: who sends ten times as much waits for itself (fair
 * queueing, RFC 8290). A burst may wait; in a line that does not get empty any more whoever would be late is refused early. When far
 * more wait than can begin in time, most have to be refused: then who came last begins first, and who was overtaken for a
 * quarter of the time is refused, so that neither an answer nor a refusal waits for what cannot be helped (controlled
 * delay, RFC 8289, and adaptive LIFO, both as in "Fail at Scale", ACM Queue 13(8)). There is no limit to tune: the length of
 * a turn measures machine, work and neighbours at once. Its caller bounds how many wait.
 */
export class TurnQueue<Key> {
  readonly #startsPerTurn: number;
  readonly #maxDelayMs: number;
  readonly #burstMs: number;
  readonly #leastTurns: number;
  readonly #clock: Clock;
  readonly #nextTurn: (callback: () => void) => void;
  /** In the order of their turns; none is empty. */
  readonly #lines = new ShortLivedMap<Key, Line>();
  readonly #pressures = new Map<Key, Pressure>();
  #started = 0;
  #turnIsDue = false;
  #turns = 0;

  constructor({
    startsPerTurn,
    maxDelayMs,
    leastTurns = 4,
    clock = monotonicClock,
    nextTurn = setImmediate,
  }: TurnQueueOptions) {
    this.#startsPerTurn = startsPerTurn;
    this.#maxDelayMs = maxDelayMs;
    this.#burstMs = 10 * maxDelayMs;
    this.#leastTurns = leastTurns;
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
    const waiting = { since: this.#clock(), turn: this.#turns, ticket };
    const line = this.#lines.get(key);
    if (line) line.waiting.push(waiting);
    else this.#lines.set(key, this.#newLine(key, waiting));
    this.#askForTurn();
  }

  #newLine(key: Key, first: Waiting): Line {
    const known = this.#pressures.get(key);
    if (known && first.since - known.refusedAt <= this.#burstMs)
      return { waiting: [first], standsSince: -Infinity, pressure: known };
    this.#pressures.delete(key);
    const pressure = { pace: new Pace(this.#maxDelayMs), refusedAt: -Infinity, crowdedUntil: -Infinity };
    return { waiting: [first], standsSince: first.since, pressure };
  }

  #askForTurn(): void {
    if (this.#turnIsDue) return;
    this.#turnIsDue = true;
    this.#nextTurn(this.#turn);
  }

  readonly #turn = (): void => {
    this.#turnIsDue = false;
    this.#turns++;
    this.#started = 0;
    while (this.#started < this.#startsPerTurn && this.#lines.size > 0) this.#serveNextLine();
    if (this.#lines.size > 0) this.#askForTurn();
  };

  #serveNextLine(): void {
    const [next] = this.#lines;
    if (!next) return;
    const [key, line] = next;
    const { waiting, standsSince, pressure } = line;
    this.#lines.delete(key);
    const now = this.#clock();
    const stands = now - standsSince > this.#burstMs;
    if (stands && waiting.length > Math.max(leastCrowd, crowd * pressure.pace.perWindow))
      pressure.crowdedUntil = now + crowdedMs;
    const crowded = now < pressure.crowdedUntil;
    const patienceMs = crowded ? this.#maxDelayMs / 4 : stands ? this.#maxDelayMs : this.#burstMs;
    while (waiting[0] && this.#isLate(waiting[0], now - patienceMs)) {
      waiting.shift()?.ticket.refuse();
      pressure.refusedAt = now;
      this.#pressures.set(key, pressure);
    }
    const chosen = crowded ? waiting.pop() : waiting.shift();
    // To the end of the round before the start, which may come here again.
    if (waiting.length > 0) this.#lines.set(key, line);
    if (!chosen) return;
    pressure.pace.note(now);
    this.#started++;
    chosen.ticket.start();
  }

  #isLate({ since, turn }: Waiting, latest: number): boolean {
    return since < latest && this.#turns - turn > this.#leastTurns;
  }
}
