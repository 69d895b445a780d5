import {
  AdmissionQueue,
  type AdmissionOptions,
  type RejectReason,
} from '../../src/admission/admission-queue.ts';
import type { TenantId } from '../../src/index.ts';

/**
 * Event-loop time of a request in milliseconds: to read and queue it, to reject it, before its upstream call
 * and after it.
 */
export const usualCost = { read: 0.03, reject: 0.05, front: 0.4, back: 0.35 };
/** Requests per second that use all of the event loop's time. */
export const capacity = 1_000 / (usualCost.read + usualCost.front + usualCost.back);

export interface Arrival {
  readonly at: number;
  /** Undefined for an unauthenticated client. */
  readonly owner?: string | undefined;
  /** The tenant as which an unauthenticated client authenticates. */
  readonly authenticatesAs?: string;
  readonly network?: string;
  readonly isImportant?: boolean;
  /** Factor of all costs. default 1 */
  readonly cost?: number;
  /** Latency of the upstream. default 20 */
  readonly upstreamMs?: number;
  /** Milliseconds without an answer after which the client disconnects. */
  readonly patienceMs?: number;
  /** Time until which the client resends after a rejection or a disconnect. */
  readonly retriesUntil?: number;
  /** Time until which the client sends another request after each answer. */
  readonly repeatsUntil?: number;
}

export interface Answered {
  readonly owner: string | undefined;
  readonly isImportant: boolean;
  readonly arrivedAt: number;
  readonly at: number;
  readonly ms: number;
  readonly result: 'answered' | 'abandoned' | RejectReason;
  /** For a rejection: whether there was capacity. */
  readonly hadCapacity: boolean;
}

export interface Stall {
  readonly at: number;
  readonly ms: number;
}

/** Creates a pseudorandom generator with the same numbers in every run. */
export function lehmer(seed = 42): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const defaults: AdmissionOptions = {
  maxInFlight: 1_000,
  maxInFlightPerTenant: 500,
  maxQueued: 4_000,
  maxQueueDelayMs: 1_000,
  budgetMs: 2_000,
};

/** Returns arrivals of a Poisson process. */
export function poisson(
  perSecond: number,
  fromMs: number,
  toMs: number,
  what: Omit<Arrival, 'at'>,
  random = lehmer(),
): Arrival[] {
  const all: Arrival[] = [];
  for (let at = fromMs; (at -= (Math.log(random()) * 1_000) / perSecond) < toMs;) all.push({ at, ...what });
  return all;
}

/** Events by time, as a binary heap: ten minutes of load are half a million of them. */
class Agenda<T> {
  readonly #heap: { readonly at: number; readonly what: T }[] = [];

  get nextAt(): number {
    return this.#heap[0]?.at ?? Infinity;
  }

  add(at: number, what: T): void {
    const heap = this.#heap;
    heap.push({ at, what });
    for (let i = heap.length - 1; i > 0;) {
      const parent = (i - 1) >> 1;
      if ((heap[parent]?.at ?? 0) <= at) break;
      this.#swap(i, parent);
      i = parent;
    }
  }

  takeUntil(now: number): T | undefined {
    const heap = this.#heap;
    const [first] = heap;
    if (!first || first.at > now) return undefined;
    const last = heap.pop();
    if (heap.length > 0 && last) {
      heap[0] = last;
      for (let i = 0; ;) {
        const [left, right] = [2 * i + 1, 2 * i + 2];
        let least = i;
        if ((heap[left]?.at ?? Infinity) < (heap[least]?.at ?? Infinity)) least = left;
        if ((heap[right]?.at ?? Infinity) < (heap[least]?.at ?? Infinity)) least = right;
        if (least === i) break;
        this.#swap(i, least);
        i = least;
      }
    }
    return first.what;
  }

  #swap(one: number, other: number): void {
    const heap = this.#heap;
    [heap[one], heap[other]] = [heap[other] as never, heap[one] as never];
  }
}

export interface LoopOptions extends Partial<AdmissionOptions> {
  readonly stalls?: readonly Stall[];
  /** Whether the first arrival is the first request of the process. default: its first request was long before */
  readonly isCold?: boolean;
}

/**
 * Simulates an event loop in virtual time, which passes only by work: requests with one upstream call each,
 * admitted by an admission queue. Gives the same result on every machine.
 */
export function runLoop(
  arrivals: readonly Arrival[],
  { stalls = [], isCold = false, ...limits }: LoopOptions = {},
): { readonly answers: Answered[]; readonly queue: AdmissionQueue } {
  const random = lehmer(7);
  const answers: Answered[] = [];
  const incoming = new Agenda<Arrival>();
  const due = new Agenda<() => void>();
  for (const each of arrivals) incoming.add(each.at, each);
  const waitingStalls = [...stalls].sort((one, other) => one.at - other.at);
  let now = isCold ? 0 : -60_000;
  let idleMs = 0;
  const options = { ...defaults, ...limits };
  const queue = new AdmissionQueue({
    ...options,
    clock: () => now,
    idleMs: () => idleMs,
    after: (ms, callback) => due.add(now + ms, callback),
  });

  if (!isCold) {
    const first = 'first' as TenantId;
    queue.enter({ owner: first, network: '', isImportant: false, begin() {}, reject() {} });
    queue.leave(first, 1, 1);
    now = 0;
  }

  function arrive(arrival: Arrival): void {
    const { owner, network = '', isImportant = false, cost = 1, upstreamMs = 20, patienceMs } = arrival;
    let tenant = owner as TenantId | undefined;
    const arrivedAt = now;
    let isOpen = true;
    let isDecided = false;
    const decide = (): void => {
      if (isDecided) throw new Error('A request was begun or rejected twice');
      isDecided = true;
    };
    const settle = (result: Answered['result'], hadCapacity = false): void => {
      if (!isOpen) return;
      isOpen = false;
      answers.push({ owner, isImportant, arrivedAt, at: now, ms: now - arrivedAt, result, hadCapacity });
      if (result === 'answered' && now < (arrival.repeatsUntil ?? 0))
        incoming.add(now, { ...arrival, at: now });
      if (result === 'answered' || now >= (arrival.retriesUntil ?? 0)) return;
      const at = now + 1_000 + 2_000 * random();
      incoming.add(at, { ...arrival, at });
    };
    const leave = queue.enter({
      owner: tenant,
      network,
      isImportant,
      begin(waitedMs) {
        decide();
        const begunAt = now;
        now += usualCost.front * cost;
        if (arrival.authenticatesAs !== undefined) {
          const verified = arrival.authenticatesAs as TenantId;
          queue.move(tenant, verified, waitedMs);
          tenant = verified;
        }
        due.add(now + upstreamMs, () => {
          // If its client disconnected, the answer is not composed.
          if (isOpen) now += usualCost.back * cost;
          settle('answered');
          queue.leave(tenant, (usualCost.front + usualCost.back) * cost, now - begunAt);
        });
      },
      reject(reason) {
        decide();
        now += usualCost.reject;
        const hasCapacity =
          queue.inFlight < queue.limit && queue.heldBy(tenant) < options.maxInFlightPerTenant;
        settle(reason, hasCapacity);
      },
    });
    if (patienceMs !== undefined)
      due.add(now + patienceMs, () => {
        if (!isOpen) return;
        leave?.();
        settle('abandoned');
      });
  }

  for (;;) {
    const nextAt = Math.min(incoming.nextAt, due.nextAt);
    if (nextAt === Infinity) break;
    idleMs += Math.max(0, nextAt - now);
    now = Math.max(now, nextAt);
    const [stall] = waitingStalls;
    if (stall && now >= stall.at) {
      waitingStalls.shift();
      now += stall.ms;
    }
    const polledAt = now;
    for (let next = due.takeUntil(polledAt); next; next = due.takeUntil(polledAt)) next();
    for (let next = incoming.takeUntil(polledAt); next; next = incoming.takeUntil(polledAt)) {
      now += usualCost.read;
      arrive(next);
    }
  }
  return { answers, queue };
}

export function percentile(answers: readonly Answered[], share: number): number {
  const sorted = answers.map(({ ms }) => ms).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}
