import { EventEmitter } from 'node:events';
import Opossum from 'opossum';
import { monotonicClock, type Clock } from '@bff/service-kit';
import { parseBreakerSettings, type BreakerSettings } from './breaker-settings.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * What a call says about its upstream: it works, it fails, it is there (4xx), or nothing (shed, aborted, hardly any time).
 * Being there counts neither for nor against a breaker that is closed; of one that is half-open it is a success, for
 * what opened it is gone, and an operation that is only ever refused would else stay half-open for good.
 */
export type Verdict = 'success' | 'failure' | 'answered' | 'none';

/** Leave to call once; handed back with the verdict. Known by identity, so a late one finds nobody to tell. */
export interface Admission {
  readonly since: number;
}

export interface BreakerOptions {
  readonly clock?: Clock;
  /** Longest that a call takes, in milliseconds: a probe without a verdict for that long is given up. Default: `openMs`. */
  readonly probeMs?: number;
  readonly onTransition?: (to: BreakerState, from: BreakerState) => void;
}

const buckets = 10;
/** Subjects whose failure is remembered; beyond, the one remembered longest is forgotten. */
const maxSubjects = 1_000;
const failure = new Error('failure');
const success = Promise.resolve();
/** Longest delay of a timer. Opossum starts one when it opens; ours decides, so its must not. */
const never = 2 ** 31 - 1;

/**
 * A breaker that is told verdicts instead of running calls. Opossum keeps the books of the closed state (rolling window,
 * volume, rate, the decision to open). Calls do not run inside it, because there a time-out of one aborts others, a
 * filtered error is a success, the first success closes, and so does one that began before the opening. What it lacks
 * is here: consecutive failures, admissions that lapse, k probes and m successes, a wait that grows, and failures that may be
 * the fault of one subject's data: each subject counts once (F05).
 */
export class CircuitBreaker {
  readonly #settings: BreakerSettings;
  readonly #clock: Clock;
  readonly #onTransition: (to: BreakerState, from: BreakerState) => void;
  readonly #rotation = new EventEmitter();
  readonly #books: Opossum<['success' | 'failure'], void>;
  #state: BreakerState = 'closed';
  /** The admission of every call since the breaker last closed; replaced when it opens. */
  #admission: Admission;
  #consecutiveFailures = 0;
  #bucketSince: number;
  #probes = new Set<Admission>();
  /** Subjects whose own failure counted, and when; in that order. */
  readonly #subjects = new Map<string, number>();
  readonly #probeMs: number;
  #successes = 0;
  #worked = false;
  #openings = 0;
  #openUntil = 0;

  /** @throws {TypeError} that lists every setting that is wrong */
  constructor(name: string, settings: BreakerSettings, options: BreakerOptions = {}) {
    this.#settings = parseBreakerSettings(name, settings);
    this.#clock = options.clock ?? monotonicClock;
    this.#probeMs = Math.max(settings.openMs, options.probeMs ?? 0);
    this.#onTransition = options.onTransition ?? (() => undefined);
    this.#bucketSince = this.#clock();
    this.#admission = { since: this.#bucketSince };
    this.#books = new Opossum(settle, {
      name,
      timeout: false,
      resetTimeout: never,
      volumeThreshold: settings.volumeThreshold,
      errorThresholdPercentage: settings.errorRate * 100,
      rollingCountTimeout: settings.windowMs,
      rollingCountBuckets: buckets,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
      rotateBucketController: this.#rotation,
    });
    this.#books.on('open', () => this.#open());
  }

  /** As the next call will find it: open only for as long as the wait lasts. */
  get state(): BreakerState {
    return this.#state === 'open' && this.#clock() >= this.#openUntil ? 'half-open' : this.#state;
  }

  /** Milliseconds until probes are let through; 0 when not open. */
  get retryAfterMs(): number {
    return this.#state === 'open' ? Math.max(0, Math.ceil(this.#openUntil - this.#clock())) : 0;
  }

  /** Leave to make one call, or undefined: fail fast. Every admission is to be reported, whatever became of its call. */
  admit(): Admission | undefined {
    if (this.#state === 'closed') return this.#admission;
    const now = this.#clock();
    if (this.#state === 'open') {
      if (now < this.#openUntil) return undefined;
      this.#successes = 0;
      this.#worked = false;
      this.#enter('half-open');
    }
    for (const probe of this.#probes) if (now - probe.since >= this.#probeMs) this.#probes.delete(probe);
    if (this.#probes.size >= this.#settings.probes) return undefined;
    const probe = { since: now };
    this.#probes.add(probe);
    return probe;
  }

  /**
   * @param subject of a failure that may lie in the data of one subject: it counts once for each, until a success came after
   * the window
   */
  report(admission: Admission, verdict: Verdict, subject?: string): void {
    if (this.#probes.delete(admission)) this.#judgeProbe(this.#unlessKnown(verdict, subject));
    else if (admission === this.#admission) this.#judgeCall(this.#unlessKnown(verdict, subject));
  }

  /** Frees what opossum holds. */
  shutdown(): void {
    this.#books.shutdown();
  }

  /** Without a success between, a subject counts once only: one that polls alone would open the breaker in time. */
  #unlessKnown(verdict: Verdict, subject: string | undefined): Verdict {
    const subjects = this.#subjects;
    if (verdict === 'success' && subjects.size > 0)
      for (const [each, at] of subjects) {
        if (this.#clock() - at < this.#settings.windowMs) break;
        subjects.delete(each);
      }
    if (verdict !== 'failure' || subject === undefined) return verdict;
    if (subjects.has(subject)) return 'none';
    subjects.set(subject, this.#clock());
    for (const oldest of subjects.size > maxSubjects ? subjects.keys() : []) {
      subjects.delete(oldest);
      break;
    }
    return verdict;
  }

  #judgeCall(verdict: Verdict): void {
    if (verdict !== 'success' && verdict !== 'failure') return;
    this.#rotate();
    this.#consecutiveFailures = verdict === 'failure' ? this.#consecutiveFailures + 1 : 0;
    this.#books.fire(verdict).catch(() => undefined);
    if (this.#consecutiveFailures >= this.#settings.consecutiveFailures) this.#books.open();
  }

  #judgeProbe(verdict: Verdict): void {
    if (verdict === 'failure') this.#open();
    else if (verdict !== 'none') {
      if (verdict === 'success') this.#worked = true;
      if (++this.#successes >= this.#settings.successesToClose) this.#close();
    }
  }

  #open(): void {
    const { openMs, maxOpenMs } = this.#settings;
    const now = this.#clock();
    this.#openUntil = now + Math.min(maxOpenMs, openMs * 2 ** this.#openings++);
    this.#admission = { since: now };
    this.#probes.clear();
    this.#enter('open');
  }

  #close(): void {
    // Closed by refusals alone it waits longer the next time: asking for what does not exist must not keep the wait short.
    if (this.#worked) this.#openings = 0;
    this.#consecutiveFailures = 0;
    this.#probes.clear();
    // The failures that opened it may still be in the window; they are paid for.
    for (let i = 0; i < buckets; i++) this.#rotation.emit('rotate');
    this.#bucketSince = this.#clock();
    this.#books.close();
    this.#enter('closed');
  }

  #enter(state: BreakerState): void {
    const from = this.#state;
    this.#state = state;
    this.#onTransition(state, from);
  }

  /** Moves the window to now. Opossum would do it with an interval per breaker. */
  #rotate(): void {
    const bucketMs = this.#settings.windowMs / buckets;
    const passed = Math.floor((this.#clock() - this.#bucketSince) / bucketMs);
    for (let i = 0; i < Math.min(passed, buckets); i++) this.#rotation.emit('rotate');
    this.#bucketSince += passed * bucketMs;
  }
}

/** Repeats a verdict as opossum's action. Throws instead of rejecting, so that opossum opens before `fire` returns. */
function settle(verdict: 'success' | 'failure'): Promise<void> {
  if (verdict === 'failure') throw failure;
  return success;
}
