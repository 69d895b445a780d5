import type { Classified } from '../oracle/oracle.ts';

/** One request of the load, with the oracle's verdict on its answer. */
export interface Sample extends Classified {
  /** Time of sending, by `performance.now()`. */
  readonly at: number;
  readonly ms: number;
  readonly client: string;
  readonly tenant: string;
  /** The name of a screen, `write` or `read-back`. */
  readonly what: string;
}
