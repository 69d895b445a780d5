import type { Deadline, Outcome } from '@bff/service-kit';

/** One upstream call of a screen, and its fallback. */
export interface Source<Scope, Part extends object> {
  /**
   * Calls the upstream; a result after the deadline is ignored. The deadline's signal aborts when the screen
   * has settled. A failure is an {@link Outcome}; an exception is a programming error.
   */
  read(scope: Scope, deadline: Deadline): Promise<Outcome<Part>>;
  /**
   * The part of the view used when there is no answer, no stale answer and no default of the tenant. Its keys
   * are the view fields of this source: other fields of an answer do not reach the view.
   */
  readonly fallback: Part;
  /** Milliseconds for the call, bounded by the remaining time of the screen. Default: the screen's budget. */
  readonly budgetMs?: number;
  /** Fails the screen when this source fails without a stale answer. Default: false. */
  readonly required?: boolean;
  /**
   * Effect of a 404 of the upstream. `fail`: the screen answers 404 too; meant for the source of the resource
   * that the screen shows. `fallback`: a 404 means "none yet", so the fallback is shown and the screen is not
   * degraded. Default: `fallback`.
   */
  readonly whenAbsent?: 'fail' | 'fallback';
}
