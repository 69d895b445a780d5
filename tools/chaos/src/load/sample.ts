import type { Judged } from '../oracle/oracle.ts';

/** One request of the load, and what the oracle made of its answer. */
export interface Sample extends Judged {
  /** When it was sent, `performance.now()`. */
  readonly at: number;
  readonly ms: number;
  readonly client: string;
  readonly tenant: string;
  /** The name of a screen, `write` or `read-back`. */
  readonly what: string;
}
