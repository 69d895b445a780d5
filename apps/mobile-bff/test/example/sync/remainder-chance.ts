import { Chance } from '@bff/testbed';

/** Draws by remainder, so that each seed still yields the sequence with which it once found a bug. */
export class RemainderChance extends Chance {
  override below(limit: number): number {
    return this.bits() % limit;
  }
}
