import { monotonicClock, type Clock } from '../core/deadline.ts';
import { FairQueue } from '../core/fair-queue.ts';
import type { TenantId } from '../core/ids.ts';
import { RecentlyUsed } from '../core/recently-used.ts';

/** Undefined: not authenticated. */
export type Owner = TenantId | undefined;
/** `deadline`: its answer would come too late. `standing`: the queue of its owner does not drain. `memory`: too many wait. */
export type RejectReason = 'deadline' | 'standing' | 'memory';

/** A request that wants to begin. Exactly one of `begin` and `reject` is called, once, unless it leaves first. */
export interface Waiter {
  readonly owner: Owner;
  /** Network of an unauthenticated client: each has a queue of its own. */
  readonly network: string;
  /** Logins and writes: rejected last. */
  readonly isImportant: boolean;
  begin(): void;
  reject(reason: RejectReason): void;
}

export interface AdmissionOptions {
  /** Requests that have begun. Bounds memory while upstreams are slow. */
  readonly maxInFlight: number;
  /** Of one tenant, and of all unauthenticated clients together. */
  readonly maxInFlightPerTenant: number;
  /** Waiting requests; unauthenticated clients get half of it. */
  readonly maxQueued: number;
  /** A queue in which every request waits for longer than this is a standing queue. Milliseconds. */
  readonly maxQueueDelayMs: number;
  /** From arrival to answer, in milliseconds: the shortest budget of a screen. */
  readonly budgetMs: number;
  readonly clock?: Clock;
  /** Milliseconds that the event loop has had nothing to do, since some moment. default `eventLoopUtilization` */
  readonly idleMs?: () => number;
  /** Calls back after so many milliseconds. default `setTimeout` */
  readonly after?: (ms: number, callback: () => void) => void;
}

interface Queued {
  readonly waiter: Waiter;
  readonly line: string;
  readonly since: number;
}

/** Whether one line of the queue drains: CoDel's control law (RFC 8289), on the delay of each request that begins. */
interface Delay {
  /** Since when every request has waited for too long. */
  aboveSince: number | undefined;
  isStanding: boolean;
  /** It was standing a moment ago, and is again as soon as it begins to grow: load comes in waves. */
  rememberedUntil: number;
}

/** The limit never shrinks below this. */
const minLimit = 16;
const initialLimit = 64;
const tickMs = 5;
/** Share of idle time in the event loop above which more may begin, and below which less will do. */
const idleShare = { high: 0.02, low: 0.002 };
/** Share of the maximum delay that a request waits for in a standing queue: early rejections, and answers in time. */
const standingShare = 1 / 20;
/** Share of it from which a queue stands again that stood within twice the maximum delay. */
const rememberedShare = 1 / 4;
/** Share of the budget after which waiting is of no use: the rest is for the answer itself. */
const waitingShare = 3 / 4;
/** The same of logins and writes: the next slots are theirs. */
const importantShare = 9 / 10;
const unauthenticated = '?';

/**
 * Bounds the requests in flight, and lets the others wait in one queue, fair by tenant and by what their requests cost.
 * A request is rejected only from the queue, and only by time or memory: while less is in flight than the limit, nobody waits.
 *
 * The limit seeks the fewest requests that keep the event loop busy: it grows while the loop idles although requests wait, so
 * that slow upstreams do not hold up what costs no CPU, and shrinks while it never idles. A smaller limit makes requests
 * wait, and never rejects one.
 */
export class AdmissionQueue {
  readonly #options: Required<AdmissionOptions>;
  readonly #queue: FairQueue<string, Queued>;
  readonly #delays = new RecentlyUsed<Delay>(2_000);
  readonly #held = new Map<Owner, number>();
  /** Mean loop time of a request, by owner. */
  readonly #costs = new RecentlyUsed<number>(2_000);
  #meanCost = 1;
  #unauthenticatedWaiting = 0;
  #unauthenticatedLines = 0;
  #inFlight = 0;
  #limit: number;
  #isTicking = false;
  #tickedAt = 0;
  #idleMsBefore = 0;

  constructor(options: AdmissionOptions) {
    this.#options = { clock: monotonicClock, after: setTimer, idleMs: idleTime, ...options };
    this.#limit = Math.min(initialLimit, options.maxInFlight);
    this.#queue = new FairQueue({
      maxLength: options.maxQueued,
      costOf: (line) => this.#costOf(line),
      isImportant: ({ waiter }) => waiter.isImportant,
    });
  }

  /** Requests that have begun and have not left. */
  get inFlight(): number {
    return this.#inFlight;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  get limit(): number {
    return this.#limit;
  }

  /** How many requests of an owner are in flight. */
  heldBy(owner: Owner): number {
    return this.#held.get(owner) ?? 0;
  }

  /** Begins now, or as soon as there is capacity. Returns how to leave the queue before that; undefined when it has begun. */
  enter(waiter: Waiter): (() => void) | undefined {
    if (this.#inFlight < this.#limit && this.#mayBegin(waiter.owner)) return void this.#begin(waiter);
    const { owner, network } = waiter;
    const line = owner ?? unauthenticated + network;
    const queued = { waiter, line, since: this.#options.clock() };
    const isFirst = !this.#queue.has(line);
    const isShareFull = owner === undefined && this.#unauthenticatedWaiting * 2 >= this.#options.maxQueued;
    const displaced = this.#queue.push(line, queued, isShareFull ? isUnauthenticated : undefined);
    if (displaced === queued) return void waiter.reject('memory');
    this.#joined(queued, isFirst);
    if (displaced) {
      this.#left(displaced);
      displaced.waiter.reject('memory');
    }
    this.#tickSoon();
    return () => {
      if (this.#queue.remove(line, queued)) this.#left(queued);
    };
  }

  /** @param loopMs what it cost */
  leave(owner: Owner, loopMs: number): void {
    this.#inFlight--;
    this.#giveBack(owner);
    const key = owner ?? unauthenticated;
    const before = this.#costs.get(key) ?? loopMs;
    this.#costs.set(key, before + (loopMs - before) / 16);
    this.#meanCost += (loopMs - this.#meanCost) / 64;
    this.#beginNext();
  }

  /** A request in flight turned out to be of another owner. */
  move(from: Owner, to: Owner): void {
    if (from === to) return;
    this.#giveBack(from);
    this.#held.set(to, this.heldBy(to) + 1);
    this.#beginNext();
  }

  #mayBegin(owner: Owner): boolean {
    return this.heldBy(owner) < this.#options.maxInFlightPerTenant;
  }

  #begin(waiter: Waiter): void {
    this.#inFlight++;
    this.#held.set(waiter.owner, this.heldBy(waiter.owner) + 1);
    waiter.begin();
  }

  #giveBack(owner: Owner): void {
    const left = this.heldBy(owner) - 1;
    if (left > 0) this.#held.set(owner, left);
    else this.#held.delete(owner);
  }

  #beginNext(): void {
    while (this.#inFlight < this.#limit) {
      const next = this.#queue.shift((line) => this.#mayBegin(ownerOf(line)));
      if (!next) return;
      const now = this.#options.clock();
      this.#observe(next.line, now - next.since, now);
      this.#left(next);
      this.#begin(next.waiter);
    }
  }

  #joined({ waiter: { owner }, line }: Queued, isFirst: boolean): void {
    if (owner === undefined) this.#unauthenticatedWaiting++;
    if (!isFirst) return;
    if (owner === undefined) this.#unauthenticatedLines++;
    const rememberedUntil = this.#delays.get(line)?.rememberedUntil ?? -Infinity;
    this.#delays.set(line, { aboveSince: undefined, isStanding: false, rememberedUntil });
  }

  #left({ waiter: { owner }, line }: Queued): void {
    if (owner === undefined) this.#unauthenticatedWaiting--;
    if (this.#queue.has(line)) return;
    if (owner === undefined) this.#unauthenticatedLines--;
  }

  /** All unauthenticated clients together have the turns of one tenant, so that a flood from many addresses has no more. */
  #costOf(line: string): number {
    const cost = (this.#costs.get(ownerOf(line) ?? unauthenticated) ?? this.#meanCost) / this.#meanCost;
    return Math.max(0.1, cost) * (ownerOf(line) === undefined ? this.#unauthenticatedLines : 1);
  }

  #observe(line: string, waitedMs: number, now: number): void {
    const { maxQueueDelayMs } = this.#options;
    const delay = this.#delays.get(line);
    if (!delay) return;
    if (delay.isStanding) {
      delay.rememberedUntil = now + 2 * maxQueueDelayMs;
      if (waitedMs < (maxQueueDelayMs * standingShare) / 2) delay.isStanding = false;
      return;
    }
    const isRemembered = now < delay.rememberedUntil;
    if (waitedMs < maxQueueDelayMs * (isRemembered ? rememberedShare : 1)) delay.aboveSince = undefined;
    else {
      delay.aboveSince ??= now;
      delay.isStanding = isRemembered || now - delay.aboveSince >= maxQueueDelayMs / 2;
    }
  }

  #tickSoon(): void {
    if (this.#isTicking || this.#queue.length === 0) return;
    this.#isTicking = true;
    this.#tickedAt = this.#options.clock();
    this.#idleMsBefore = this.#options.idleMs();
    this.#options.after(tickMs, this.#tick);
  }

  /** While requests wait. What can begin does so before anything is rejected. */
  readonly #tick = (): void => {
    const now = this.#options.clock();
    this.#isTicking = false;
    this.#adaptLimit((this.#options.idleMs() - this.#idleMsBefore) / (now - this.#tickedAt));
    this.#beginNext();
    for (const [line, items] of this.#queue) this.#rejectLate(line, items, now);
    this.#tickSoon();
  };

  #adaptLimit(idle: number): void {
    const { maxInFlight } = this.#options;
    if (idle > idleShare.high) {
      if (this.#inFlight >= this.#limit) this.#limit = Math.min(maxInFlight, Math.ceil(this.#limit * 1.2));
    } else if (idle < idleShare.low)
      this.#limit = Math.max(Math.min(minLimit, maxInFlight), Math.floor(this.#limit * 0.95));
  }

  #rejectLate(line: string, items: readonly Queued[], now: number): void {
    const { maxQueueDelayMs, budgetMs } = this.#options;
    const waitedMs = now - (items[0]?.since ?? now);
    // Where none of its requests begins, the oldest one tells the delay.
    if (waitedMs >= maxQueueDelayMs * rememberedShare) this.#observe(line, waitedMs, now);
    const isStanding = this.#delays.get(line)?.isStanding ?? false;
    const lastResort = budgetMs * waitingShare;
    const patience = isStanding ? Math.min(maxQueueDelayMs * standingShare, lastResort) : lastResort;
    const late: Queued[] = [];
    for (const each of items) {
      const age = now - each.since;
      if (age < patience) break;
      if (!each.waiter.isImportant || age >= budgetMs * importantShare) late.push(each);
    }
    for (const each of late) {
      this.#queue.remove(line, each);
      this.#left(each);
      each.waiter.reject(now - each.since >= lastResort ? 'deadline' : 'standing');
    }
  }
}

const isUnauthenticated = (line: string): boolean => line.startsWith(unauthenticated);
const ownerOf = (line: string): Owner => (isUnauthenticated(line) ? undefined : (line as TenantId));
const idleTime = (): number => performance.eventLoopUtilization().idle;
const setTimer = (ms: number, callback: () => void): void => void setTimeout(callback, ms);
