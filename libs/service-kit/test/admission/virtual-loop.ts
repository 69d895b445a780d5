import { TurnQueue } from '../../src/admission/turn-queue.ts';

/** Milliseconds of work: until a request may wait, to refuse it, from its turn to its calls, from their answers to its own. */
const cost = { read: 0.03, refuse: 0.02, front: 0.4, back: 0.35 };
/** Requests a second when every millisecond is spent on them. */
export const capacity = 1_000 / (cost.read + cost.front + cost.back);

export interface Phase {
  readonly seconds: number;
  /** Requests a second. */
  readonly load: Readonly<Record<string, number>>;
  /** Who asks again as soon as they have an answer, whatever it is, as long as this phase lasts. */
  readonly clients?: { readonly key: string; readonly count: number };
}

export interface Answered {
  readonly key: string;
  readonly arrivedAt: number;
  readonly ms: number;
  readonly refused: boolean;
}

/** Same numbers at every run. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

interface Arrival {
  readonly at: number;
  readonly key: string;
  /** Of a client that asks again until then. */
  readonly until?: number;
}

/** Requests that come at random, not waiting for each other, by time; and the first ones of those that do wait. */
function arrivals(phases: readonly Phase[]): Arrival[] {
  const random = lehmer(42);
  const all: Arrival[] = [];
  let begin = 0;
  for (const { seconds, load, clients } of phases) {
    const end = begin + seconds * 1_000;
    for (let left = clients?.count ?? 0; clients && left > 0; left--)
      all.push({ at: begin, key: clients.key, until: end });
    for (const [key, perSecond] of Object.entries(load))
      for (let at = begin; (at -= (Math.log(random()) * 1_000) / perSecond) < end;) all.push({ at, key });
    begin = end;
  }
  return all.sort((one, other) => one.at - other.at);
}

/**
 * An event loop whose time passes only by the work that is done in it: requests, each with one call of `upstreamMs`, over a
 * queue of turns. No real time, so the same result on every machine.
 *
 * @param stall what a collection of all garbage is to a loop
 */
export function runLoop(
  phases: readonly Phase[],
  { upstreamMs = 20, maxDelayMs = 20, stall = { everyMs: Infinity, ms: 0 } } = {},
): Answered[] {
  const incoming = arrivals(phases);
  const answered: Answered[] = [];
  const calls: { dueAt: number; back: () => void }[] = [];
  let now = 0;
  let stallAt = stall.everyMs;
  let checks: (() => void)[] = [];
  const again: Arrival[] = [];
  const turns = new TurnQueue<string>({
    startsPerTurn: 2,
    maxDelayMs,
    clock: () => now,
    nextTurn: (callback) => void checks.push(callback),
  });

  function arrive({ key, at: arrivedAt, until = 0 }: Arrival): void {
    const answer = (refused: boolean): void => {
      answered.push({ key, arrivedAt, ms: now - arrivedAt, refused });
      if (now < until) again.push({ key, at: now, until });
    };
    const refuse = (): void => {
      now += cost.refuse;
      answer(true);
    };
    const start = (): void => {
      now += cost.front;
      calls.push({
        dueAt: now + upstreamMs,
        back: () => {
          now += cost.back;
          answer(false);
        },
      });
    };
    now += cost.read;
    if (turns.take()) start();
    else turns.wait(key, { start, refuse });
  }

  for (let next = 0; next < incoming.length || calls.length + checks.length + again.length > 0;) {
    if (checks.length + again.length === 0)
      now = Math.max(now, Math.min(incoming[next]?.at ?? Infinity, calls[0]?.dueAt ?? Infinity));
    if (now >= stallAt) {
      now += stall.ms;
      stallAt += stall.everyMs;
    }
    const polledAt = now;
    for (let call = calls[0]; call && call.dueAt <= polledAt; call = calls[0]) {
      calls.shift();
      call.back();
    }
    for (let request = incoming[next]; request && request.at <= polledAt; request = incoming[++next])
      arrive(request);
    for (const request of again.splice(0)) arrive(request);
    const due = checks;
    checks = [];
    for (const check of due) check();
  }
  return answered;
}

export function p99(answers: readonly Answered[]): number {
  const sorted = answers.map(({ ms }) => ms).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}
