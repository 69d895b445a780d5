import type { Deadline, Outcome } from '@bff/service-kit';
import type { Aggregate, SourceTiming } from './aggregate-kinds.ts';
import { assertOutcome } from './assert-outcome.ts';
import { composeView } from './compose-view.ts';
import type { Screen, ScreenSource } from './define-screen.ts';
import { failureOf } from './failure-of.ts';

const timedOut: Outcome<object> = { kind: 'failed', reason: 'timeout' };
const unexpectedError: Outcome<object> = { kind: 'failed', reason: 'error' };

/**
 * Gives a source slightly less time than the guard timer: its own time-out then fires first, so that it can
 * return a stale answer and its breaker counts the time-out. The guard timer is for sources that ignore their
 * deadline.
 */
const sourceBudgetOf = (budgetMs: number): number => budgetMs - Math.min(20, budgetMs / 20);

/** Collects the answers of one screen. Clears its timers and listeners when the screen has settled. */
export class Gathering<Scope, View extends object> {
  readonly #screen: Screen<Scope, View>;
  readonly #scope: Scope;
  readonly #deadline: Deadline;
  readonly #tenantFallbacks: Readonly<Record<string, unknown>>;
  readonly #resolve: (result: Aggregate<View>) => void;

  readonly #startedAt: number;
  readonly #abort = new AbortController();
  readonly #guards: NodeJS.Timeout[] = [];
  readonly #outcomes: (Outcome<object> | undefined)[];
  readonly #timings: SourceTiming[];
  #missing: number;
  /** Reads that have not settled, including abandoned ones. */
  #running = 0;
  #over = false;

  constructor(
    screen: Screen<Scope, View>,
    scope: Scope,
    deadline: Deadline,
    tenantFallbacks: Readonly<Record<string, unknown>>,
    resolve: (result: Aggregate<View>) => void,
  ) {
    this.#screen = screen;
    this.#scope = scope;
    this.#deadline = deadline;
    this.#tenantFallbacks = tenantFallbacks;
    this.#resolve = resolve;
    this.#startedAt = deadline.clock();
    this.#missing = screen.sources.length;
    this.#outcomes = new Array(this.#missing);
    this.#timings = new Array(this.#missing);
  }

  start(): void {
    const { sources, budgets } = this.#screen;
    const deadline = this.#deadline;
    if (deadline.signal.aborted) return this.#finish({ kind: 'aborted' });
    const left = deadline.expiresAt - this.#startedAt;
    if (left <= 0) return this.#expire();

    deadline.signal.addEventListener('abort', this.#onDisconnect, { once: true });
    const deadlines = budgets.map((budget, index) => {
      const ms = Math.min(budget, left);
      this.#guards.push(setTimeout(this.#expire, ms, index));
      return deadline.within(sourceBudgetOf(ms), this.#abort.signal);
    });
    for (let index = 0; index < sources.length && !this.#over; index++) {
      const source = sources[index] as ScreenSource<Scope>;
      void this.#read(index, source, deadlines[source.budget] as Deadline);
    }
  }

  async #read(index: number, { name, source }: ScreenSource<Scope>, deadline: Deadline): Promise<void> {
    this.#running++;
    let outcome: Outcome<object>;
    try {
      outcome = await source.read(this.#scope, deadline);
      assertOutcome(outcome, name);
    } catch (error) {
      outcome = unexpectedError;
      if (!this.#over) this.#report(error, name);
    }
    this.#running--;
    this.#settle(index, outcome);
  }

  #settle(index: number, outcome: Outcome<object>): void {
    if (this.#over || this.#outcomes[index]) return;
    const { name, source } = this.#screen.sources[index] as ScreenSource<Scope>;
    this.#outcomes[index] = outcome;
    const durationMs = this.#deadline.clock() - this.#startedAt;
    this.#timings[index] = { source: name, durationMs, cache: cacheUseOf(outcome) };
    this.#missing--;

    const failure = failureOf(source, outcome);
    if (failure) return this.#finish({ kind: 'failed', source: name, ...failure });
    if (this.#missing > 0) return;
    const outcomes = this.#outcomes as Outcome<object>[];
    this.#finish(composeView(this.#screen, outcomes, this.#timings, this.#tenantFallbacks));
  }

  /** Abandons the pending sources of one budget, or of all budgets when none is given. */
  readonly #expire = (budget?: number): void => {
    for (const [index, source] of this.#screen.sources.entries())
      if (budget === undefined || source.budget === budget) this.#settle(index, timedOut);
  };

  readonly #onDisconnect = (): void => this.#finish({ kind: 'aborted' });

  #finish(result: Aggregate<View>): void {
    this.#over = true;
    for (const guard of this.#guards) clearTimeout(guard);
    this.#deadline.signal.removeEventListener('abort', this.#onDisconnect);
    this.#resolve(result);
    if (this.#running > 0) this.#abort.abort(this.#deadline.signal.reason);
  }

  #report(error: unknown, source: string): void {
    try {
      this.#screen.onUnexpected?.(error, source, this.#scope);
    } catch {
      // An exception of `onUnexpected` must not fail the screen.
    }
  }
}

function cacheUseOf(outcome: Outcome<object>): SourceTiming['cache'] {
  if (outcome.kind === 'value') return outcome.cache;
  return outcome.kind === 'failed' && outcome.stale ? 'stale' : undefined;
}
