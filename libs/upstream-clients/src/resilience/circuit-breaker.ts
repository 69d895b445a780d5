import { EventEmitter } from 'node:events';
import Opossum from 'opossum';
import { monotonicClock, type Clock } from '@bff/service-kit';
import { parseBreakerSettings, type BreakerSettings } from './breaker-settings.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * What a call shows about its upstream. `answered`: the upstream responded with 4xx, which counts as neither
 * success nor failure while closed, and as a success while half-open: the failures that opened the breaker
 * have stopped, and an operation that only ever gets 4xx would otherwise stay half-open permanently. `none`:
 * the call was shed or aborted, or had hardly any time.
 */
export type Verdict = 'success' | 'failure' | 'answered' | 'none';

/** Permit for one call. Compared by identity, so a late result is ignored. */
export interface Admission {
  readonly since: number;
}

export interface BreakerOptions {
  readonly clock?: Clock;
  /**
   * Longest duration of a call, in milliseconds: a probe without a verdict by then is abandoned. Default:
   * `openMs`.
   */
  readonly probeMs?: number;
  readonly onTransition?: (to: BreakerState, from: BreakerState) => void;
}

const buckets = 10;
/** Subjects whose failure is remembered; the oldest is evicted first. */
const maxSubjects = 1_000;
const failure = new Error('failure');
const success = Promise.resolve();
/**
 * Longest delay of a timer. Opossum starts a timer when it opens; this class decides when to probe, so that
 * timer must not fire.
 */
const never = 2 ** 31 - 1;

/**
 * A breaker that receives verdicts instead of running calls. Opossum keeps the statistics of the closed state
 * (rolling window, volume, rate, the decision to open). Calls do not run inside opossum, because there the
 * time-out of one call aborts others, a filtered error counts as a success, and the first success closes the
 * breaker, even if that call began before the breaker opened. This class adds consecutive failures, permits
 * that expire, k probes and m successes, exponential backoff, and failures that the data of one subject may
 * cause: each subject counts once (F05).
 */
export class CircuitBreaker {
  readonly #settings: BreakerSettings;
  readonly #clock: Clock;
  readonly #onTransition: (to: BreakerState, from: BreakerState) => void;
  readonly #rotation = new EventEmitter();
  readonly #statistics: Opossum<['success' | 'failure'], void>;
  #state: BreakerState = 'closed';
  /** The permit of all calls since the breaker last closed; replaced when it opens. */
  #admission: Admission;
  #consecutiveFailures = 0;
  #bucketSince: number;
  #probes = new Set<Admission>();
  /** Time of the counted failure of each subject, oldest first. */
  readonly #subjects = new Map<string, number>();
  readonly #probeMs: number;
  #successes = 0;
  #worked = false;
  #openings = 0;
  #openUntil = 0;

  /**
   * Creates a breaker.
   * @throws {TypeError} that lists every setting that is wrong
   */
  constructor(name: string, settings: BreakerSettings, options: BreakerOptions = {}) {
    this.#settings = parseBreakerSettings(name, settings);
    this.#clock = options.clock ?? monotonicClock;
    this.#probeMs = Math.max(settings.openMs, options.probeMs ?? 0);
    this.#onTransition = options.onTransition ?? (() => undefined);
    this.#bucketSince = this.#clock();
    this.#admission = { since: this.#bucketSince };
    this.#statistics = new Opossum(settle, {
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
    this.#statistics.on('open', () => this.#open());
  }

  /** The state that the next call finds: `open` only until the wait ends. */
  get state(): BreakerState {
    return this.#state === 'open' && this.#clock() >= this.#openUntil ? 'half-open' : this.#state;
  }

  /** Milliseconds until probes are allowed; 0 when not open. */
  get retryAfterMs(): number {
    return this.#state === 'open' ? Math.max(0, Math.ceil(this.#openUntil - this.#clock())) : 0;
  }

  /**
   * Returns the permit for one call, or undefined to fail fast. Every permit must be reported, whatever the
   * outcome.
   */
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
   * Records the verdict of a call.
   * @param subject identity whose data may have caused the failure. Further failures of this identity do not
   * count until a call succeeds at least `windowMs` later. Default: the failure has another cause
   */
  report(admission: Admission, verdict: Verdict, subject?: string): void {
    if (this.#probes.delete(admission)) this.#recordProbe(this.#unlessKnown(verdict, subject));
    else if (admission === this.#admission) this.#recordCall(this.#unlessKnown(verdict, subject));
  }

  /** Releases the resources of opossum. */
  shutdown(): void {
    this.#statistics.shutdown();
  }

  /**
   * Replaces a failure by `none` if a failure of its subject was counted before: otherwise a single polling
   * subject would open the breaker.
   */
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

  #recordCall(verdict: Verdict): void {
    if (verdict !== 'success' && verdict !== 'failure') return;
    this.#rotate();
    this.#consecutiveFailures = verdict === 'failure' ? this.#consecutiveFailures + 1 : 0;
    this.#statistics.fire(verdict).catch(() => undefined);
    if (this.#consecutiveFailures >= this.#settings.consecutiveFailures) this.#statistics.open();
  }

  #recordProbe(verdict: Verdict): void {
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
    // If only 4xx answers closed the breaker, the backoff stays: reads of absent resources must not reset it.
    if (this.#worked) this.#openings = 0;
    this.#consecutiveFailures = 0;
    this.#probes.clear();
    // The window may still hold the failures that opened the breaker, so it is emptied.
    for (let i = 0; i < buckets; i++) this.#rotation.emit('rotate');
    this.#bucketSince = this.#clock();
    this.#statistics.close();
    this.#enter('closed');
  }

  #enter(state: BreakerState): void {
    const from = this.#state;
    this.#state = state;
    this.#onTransition(state, from);
  }

  /** Advances the window to the present. Opossum itself would run an interval timer for each breaker. */
  #rotate(): void {
    const bucketMs = this.#settings.windowMs / buckets;
    const passed = Math.floor((this.#clock() - this.#bucketSince) / bucketMs);
    for (let i = 0; i < Math.min(passed, buckets); i++) this.#rotation.emit('rotate');
    this.#bucketSince += passed * bucketMs;
  }
}

/**
 * Passes a verdict to opossum as the result of an action. Throws instead of rejecting, so that opossum opens
 * before `fire` returns.
 */
function settle(verdict: 'success' | 'failure'): Promise<void> {
  if (verdict === 'failure') throw failure;
  return success;
}
