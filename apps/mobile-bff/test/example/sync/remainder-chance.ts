import { Chance } from '@bff/testbed';

/** Draws by remainder, so that each seed keeps the sequence in which it found a fault. */
export class RemainderChance extends Chance {
  override below(limit: number): number {
    return this.bits() % limit;
  }
}
