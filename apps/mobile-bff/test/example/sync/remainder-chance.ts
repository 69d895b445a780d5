import { Chance } from '@bff/testbed';

/** Draws by remainder, so that each seed stays the life that it was. */
export class RemainderChance extends Chance {
  override below(limit: number): number {
    return this.bits() % limit;
  }
}
