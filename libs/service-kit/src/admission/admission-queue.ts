import { monotonicClock, type Clock } from '../core/deadline.ts';
import { FairQueue } from '../core/fair-queue.ts';
import type { TenantId } from '../core/ids.ts';
import { LruCache } from '../core/lru-cache.ts';
import { ShortLivedMap } from '../core/short-lived-map.ts';
import { StandingQueue } from './standing-queue.ts';

/** Tenant whose capacity a request uses; undefined before authentication. */
export type Owner = TenantId | undefined;
/**
 * Why a request is rejected. `deadline`: the answer would come too late. `standing`: the queue of its tenant
 * or network does not drain. `memory`: too many requests are waiting.
 */
export type RejectReason = 'deadline' | 'standing' | 'memory';

/**
 * A request that waits for admission. The queue calls either `begin` or `reject`, once, unless the request
 * is removed from the queue first.
 */
export interface Waiter {
  readonly owner: Owner;
  /** Network of an unauthenticated client: unauthenticated requests are queued by network. */
  readonly network: string;
  /** True for logins and writes, which are rejected last. */
  readonly isImportant: boolean;
  /** @param waitedMs time since it entered the queue, in milliseconds */
  begin(waitedMs: number): void;
  reject(reason: RejectReason): void;
}

export interface AdmissionOptions {
  /** Maximum requests in flight. Bounds memory while upstreams are slow. */
  readonly maxInFlight: number;
  /** Maximum requests in flight of one tenant; all unauthenticated clients together count as one tenant. */
  readonly maxInFlightPerTenant: number;
  /** Maximum requests in the queue; unauthenticated requests may take at most half of it. */
  readonly maxQueued: number;
  /**
   * Maximum queueing delay in milliseconds. A queue counts as standing (it does not drain) once its delay has
   * been at or above this value for two intervals of this length, in neither of which more requests began than
   * arrived, but not in the first ten seconds after the first request.
   */
  readonly maxQueueDelayMs: number;
  /** Maximum time from arrival to answer in milliseconds: the shortest time budget of all screens. */
  readonly budgetMs: number;
  readonly clock?: Clock;
  /** Returns the idle time of the event loop so far, in milliseconds. default `eventLoopUtilization` */
  readonly idleMs?: () => number;
  /** Calls back after the given milliseconds. default `setTimeout` */
  readonly after?: (ms: number, callback: () => void) => void;
}

interface Queued {
  readonly waiter: Waiter;
  readonly queueKey: string;
  readonly since: number;
}

/**
 * Lower bound of the adaptive limit, and its first value: a cold process is busy with few requests, and each
 * concurrent one opens connections to the upstreams.
 */
const minLimit = 16;
const tickMs = 5;
/**
 * Milliseconds after the first request in which no queue counts as standing, because the process is getting faster: it
 * meets each user for the first time, and its code is being compiled.
 */
const coldMs = 10_000;
/** Share of idle time in the event loop: above `high` the limit grows, below `low` it shrinks. */
const idleShare = { high: 0.02, low: 0.002 };
/**
 * Maximum delay in a standing queue, as a share of `maxQueueDelayMs`. It is short, so that requests are
 * rejected early and the admitted ones are answered in time.
 */
const standingShare = 1 / 20;
/** Share of the budget that is reserved for computing the answer: a request waits for the rest of it at most. */
const reservedShare = { min: 1 / 10, max: 1 / 4 };
/** Reserved time as a multiple of the mean time from begin to end of a request, within the limits above. */
const reservedAnswers = 3;
/** Reserve of a login or write, as a share of that of a read: it may wait for longer, because these are rejected last. */
const importantReserve = 1 / 2;
/** Share of the budget that every request may spend waiting. */
export const waitingShare = 1 - reservedShare.max;
const unauthenticated = '?';

/**
 * Bounds the requests in flight and queues the others. The queue is fair by tenant and by the cost of
 * requests. A request is rejected only at the limit, and only for its waiting time or for memory. No
 * request waits while both the limit and its tenant's limit have capacity.
 * The limit adapts to the fewest concurrent requests that keep the event loop busy. It grows while the loop
 * has idle time although requests wait, so that slow upstreams do not delay requests that cost no CPU. It
 * shrinks while the loop is never idle. A smaller limit by itself rejects nothing; it lengthens the wait.
 */
export class AdmissionQueue {
  readonly #options: Required<AdmissionOptions>;
  readonly #queue: FairQueue<string, Queued>;
  /** The state of each queue. */
  readonly #states: LruCache<StandingQueue>;
  readonly #held = new ShortLivedMap<Owner, number>();
  /** Mean event-loop time of a request in milliseconds, by tenant. */
  readonly #costs = new LruCache<number>(2_000);
  #meanCost = 1;
  /** Mean time from begin to end of a request, in milliseconds. Its first value reserves the maximum. */
  #meanAnswerMs: number;
  #unauthenticatedWaiting = 0;
  #inFlight = 0;
  #limit: number;
  #isTicking = false;
  #tickedAt = 0;
  #idleMsBefore = 0;
  /** Time until which the process counts as cold; undefined before its first request. */
  #coldUntil: number | undefined;

  constructor(options: AdmissionOptions) {
    this.#options = { clock: monotonicClock, after: setTimer, idleMs: idleTime, ...options };
    this.#limit = Math.min(minLimit, options.maxInFlight);
    this.#meanAnswerMs = (options.budgetMs * reservedShare.max) / reservedAnswers;
    // The cache always retains half of its entries, which are more than the queues that can wait.
    this.#states = new LruCache(4 * options.maxQueued);
    this.#queue = new FairQueue({
      maxLength: options.maxQueued,
      costOf: (queueKey) => this.#costOf(queueKey),
      // Unauthenticated clients together get the share of one tenant, so a flood from many addresses gains nothing.
      groupOf: (queueKey) => ownerOf(queueKey) ?? unauthenticated,
      isImportant: ({ waiter }) => waiter.isImportant,
    });
  }

  /** Requests that have begun and have not ended. */
  get inFlight(): number {
    return this.#inFlight;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  get limit(): number {
    return this.#limit;
  }

  /** Returns the number of requests in flight of a tenant. */
  heldBy(owner: Owner): number {
    return this.#held.get(owner) ?? 0;
  }

  /**
   * Begins the request now, or queues it until there is capacity, or rejects it if the queue is full. Returns
   * undefined if it has begun or was rejected, else a function that removes it from the queue.
   */
  enter(waiter: Waiter): (() => void) | undefined {
    const { owner, network } = waiter;
    const now = this.#options.clock();
    this.#coldUntil ??= now + coldMs;
    const queueKey = owner ?? unauthenticated + network;
    if (this.#inFlight < this.#limit && this.#mayBegin(owner)) {
      const state = this.#states.get(queueKey);
      if (state?.isStanding) state.began(0, now);
      return void this.#begin(waiter, 0);
    }
    const queued = { waiter, queueKey, since: now };
    const isFirst = !this.#queue.has(queueKey);
    const isShareFull = owner === undefined && this.#unauthenticatedWaiting * 2 >= this.#options.maxQueued;
    const displaced = this.#queue.push(queueKey, queued, isShareFull ? isUnauthenticated : undefined);
    if (displaced === queued) return void waiter.reject('memory');
    this.#joined(queued, isFirst);
    if (displaced) {
      this.#left(displaced);
      displaced.waiter.reject('memory');
    }
    this.#tickSoon();
    return () => {
      if (this.#queue.remove(queueKey, queued)) this.#left(queued);
    };
  }

  /**
   * Releases the slot of a request.
   * @param loopMs event-loop time that it used, in milliseconds
   * @param answerMs time since it began, in milliseconds
   */
  leave(owner: Owner, loopMs: number, answerMs: number): void {
    this.#inFlight--;
    this.#giveBack(owner);
    const key = owner ?? unauthenticated;
    const before = this.#costs.get(key) ?? loopMs;
    this.#costs.set(key, before + (loopMs - before) / 16);
    this.#meanCost += (loopMs - this.#meanCost) / 64;
    const { budgetMs } = this.#options;
    this.#meanAnswerMs += (Math.min(answerMs, budgetMs) - this.#meanAnswerMs) / 64;
    this.#beginNext();
  }

  /**
   * Counts a request in flight towards another tenant, after authentication. Its cost is charged to this tenant, unless
   * it overtook a request of the tenant that has waited for longer, or the queue of the tenant is standing. So the users
   * that a new process does not know yet wait as long as the known users of their tenant: without a charge they would
   * together have the share of one tenant, and with each request charged, a client whose requests are all unknown ones
   * would leave nothing to the known users.
   * @param waitedMs time that the request waited, in milliseconds
   */
  move(from: Owner, to: TenantId, waitedMs: number): void {
    if (from === to) return;
    const first = this.#queue.first(to);
    const hasOvertaken = first !== undefined && this.#options.clock() - first.since > waitedMs;
    if (!hasOvertaken && !this.#states.get(to)?.isStanding)
      this.#queue.charge(from ?? unauthenticated, to, this.#costOf(to));
    this.#giveBack(from);
    this.#held.set(to, this.heldBy(to) + 1);
    this.#beginNext();
  }

  #mayBegin(owner: Owner): boolean {
    return this.heldBy(owner) < this.#options.maxInFlightPerTenant;
  }

  #begin(waiter: Waiter, waitedMs: number): void {
    this.#inFlight++;
    this.#held.set(waiter.owner, this.heldBy(waiter.owner) + 1);
    waiter.begin(waitedMs);
  }

  #giveBack(owner: Owner): void {
    const left = this.heldBy(owner) - 1;
    if (left > 0) this.#held.set(owner, left);
    else this.#held.delete(owner);
  }

  #beginNext(): void {
    while (this.#inFlight < this.#limit) {
      const next = this.#queue.shift((queueKey) => this.#mayBegin(ownerOf(queueKey)));
      if (!next) return;
      const now = this.#options.clock();
      const waitedMs = now - next.since;
      this.#states.get(next.queueKey)?.began(waitedMs, now);
      this.#left(next);
      this.#begin(next.waiter, waitedMs);
    }
  }

  #joined({ waiter: { owner }, queueKey, since }: Queued, isFirst: boolean): void {
    if (owner === undefined) this.#unauthenticatedWaiting++;
    let state = this.#states.get(queueKey);
    if (!state || (isFirst && !state.isStanding))
      this.#states.set(queueKey, (state = new StandingQueue(this.#options.maxQueueDelayMs, this.#coldUntil)));
    state.arrived(since);
  }

  #left({ waiter: { owner }, queueKey }: Queued): void {
    if (owner === undefined) this.#unauthenticatedWaiting--;
    if (!this.#queue.has(queueKey)) this.#states.get(queueKey)?.emptied(this.#options.clock());
  }

  /**
   * Returns the cost of a request of this queue, relative to the mean. That of an unauthenticated request is at least
   * the mean, because it may turn out to be a request of any tenant: its mean cost is measured only on those that stay
   * unauthenticated, which are cheap.
   */
  #costOf(queueKey: string): number {
    const owner = ownerOf(queueKey);
    const ms = this.#costs.get(owner ?? unauthenticated) ?? this.#meanCost;
    return Math.max(owner === undefined ? 1 : 0.1, ms / this.#meanCost);
  }

  /** Returns the time that a waiting request must have left of its budget for its answer, in milliseconds. */
  #reservedMs(): number {
    const { budgetMs } = this.#options;
    const { min, max } = reservedShare;
    return Math.min(Math.max(this.#meanAnswerMs * reservedAnswers, budgetMs * min), budgetMs * max);
  }

  #tickSoon(): void {
    if (this.#isTicking || this.#queue.length === 0) return;
    this.#isTicking = true;
    this.#tickedAt = this.#options.clock();
    this.#idleMsBefore = this.#options.idleMs();
    this.#options.after(tickMs, this.#tick);
  }

  /** Runs periodically while requests wait. Begins the requests that fit before it rejects any. */
  readonly #tick = (): void => {
    const now = this.#options.clock();
    const elapsedMs = now - this.#tickedAt;
    this.#isTicking = false;
    this.#adaptLimit((this.#options.idleMs() - this.#idleMsBefore) / elapsedMs);
    this.#beginNext();
    for (const [queueKey, items] of this.#queue) this.#rejectLate(queueKey, items, now, now + elapsedMs);
    this.#tickSoon();
  };

  #adaptLimit(idle: number): void {
    const { maxInFlight } = this.#options;
    if (idle > idleShare.high) {
      if (this.#inFlight >= this.#limit) this.#limit = Math.min(maxInFlight, Math.ceil(this.#limit * 1.2));
    } else if (idle < idleShare.low)
      this.#limit = Math.max(Math.min(minLimit, maxInFlight), Math.floor(this.#limit * 0.95));
  }

  /**
   * Rejects the requests of a queue that have waited for too long.
   * @param until time after which it rejects none that could still be answered in time. When a queue begins to count
   *   as standing, it has thousands of these, and to reject all in one turn would block the event loop for a quarter
   *   of a second.
   */
  #rejectLate(queueKey: string, items: readonly Queued[], now: number, until: number): void {
    const { maxQueueDelayMs, budgetMs } = this.#options;
    const waitedMs = now - (items[0]?.since ?? now);
    // The requests left in this queue cannot begin yet, so the wait of the oldest one serves as the delay.
    const state = this.#states.get(queueKey);
    if (waitedMs >= maxQueueDelayMs || state?.isStanding) state?.observe(waitedMs, now);
    const isStanding = state?.isStanding ?? false;
    const reservedMs = this.#reservedMs();
    const lastResort = budgetMs - reservedMs;
    const patience = isStanding ? Math.min(maxQueueDelayMs * standingShare, lastResort) : lastResort;
    const late: Queued[] = [];
    for (const each of items) {
      const age = now - each.since;
      if (age < patience) break;
      if (!each.waiter.isImportant || age >= budgetMs - reservedMs * importantReserve) late.push(each);
    }
    for (const each of late) {
      const reason = now - each.since >= lastResort ? 'deadline' : 'standing';
      if (reason === 'standing' && this.#options.clock() >= until) return;
      this.#queue.remove(queueKey, each);
      this.#left(each);
      state?.rejected();
      each.waiter.reject(reason);
    }
  }
}

const isUnauthenticated = (queueKey: string): boolean => queueKey.startsWith(unauthenticated);
const ownerOf = (queueKey: string): Owner =>
  isUnauthenticated(queueKey) ? undefined : (queueKey as TenantId);
const idleTime = (): number => performance.eventLoopUtilization().idle;
const setTimer = (ms: number, callback: () => void): void => void setTimeout(callback, ms);
