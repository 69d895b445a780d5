import { Problem, type ProblemOptions, type ProblemType } from '@bff/service-kit';
import type { LoginStop } from '../words/vocabulary.ts';

interface LoginStoppedOptions extends ProblemOptions {
  /** Where the login would have ended; it was checked when the login began. */
  readonly returnTo?: string;
}

/** A login that cannot go on: a problem for fetches, and a page for people. */
export class LoginStopped extends Problem {
  readonly stop: LoginStop;
  readonly returnTo: string | undefined;

  constructor(stop: LoginStop, type: ProblemType, { returnTo, ...options }: LoginStoppedOptions = {}) {
    super(type, options);
    this.stop = stop;
    this.returnTo = returnTo;
  }
}
