import { Problem, type ProblemOptions, type ProblemType } from '@bff/service-kit';
import type { LoginAbortReason } from '../words/vocabulary.ts';

interface LoginAbortedOptions extends ProblemOptions {
  /** Local path at which the login would have ended, validated at its start. */
  readonly returnTo?: string;
}

/** Aborted login, answered with a page for a navigation and with problem details for a fetch. */
export class LoginAborted extends Problem {
  readonly stop: LoginAbortReason;
  readonly returnTo: string | undefined;

  constructor(stop: LoginAbortReason, type: ProblemType, { returnTo, ...options }: LoginAbortedOptions = {}) {
    super(type, options);
    this.stop = stop;
    this.returnTo = returnTo;
  }
}
