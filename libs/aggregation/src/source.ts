import type { Deadline, Outcome } from '@bff/service-kit';

/** One upstream call that a screen needs, and what stands in for its answer. */
export interface Source<Scope, Part extends object> {
  /**
   * Asks the upstream; resolves by the deadline, or is not waited for. The deadline's signal aborts when nobody
   * waits for the screen any more. A failure is an {@link Outcome}; to throw or to reject is a bug.
   */
  read(scope: Scope, deadline: Deadline): Promise<Outcome<Part>>;
  /**
   * The part of the view that stands in when nothing better is at hand. Its keys are the view fields that this
   * source owns: nothing else of an answer reaches the view.
   */
  readonly fallback: Part;
  /** At most this long, milliseconds; never more than what is left of the screen's. Default: the screen's budget. */
  readonly budgetMs?: number;
  /** A failure of this source with no stale copy at hand fails the screen. Default: false. */
  readonly required?: boolean;
  /**
   * `fail`: the upstream's 404 is the screen's 404 (the thing the screen is about). `fallback`: it means "none yet",
   * which is complete knowledge: the fallback is shown and the screen is not degraded. Default: `fallback`.
   */
  readonly whenAbsent?: 'fail' | 'fallback';
}
