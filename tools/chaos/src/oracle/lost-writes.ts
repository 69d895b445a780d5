import type { Truth } from './facts.ts';
import type { Writer } from '../load/writer.ts';

/** Returns one line for each acknowledged write that the services do not have. No write may be in flight. */
export async function lostWrites(fleet: Truth, writers: readonly Writer[]): Promise<string[]> {
  const lost = [];
  for (const writer of writers) lost.push(...(await writer.lost(fleet)));
  return lost;
}
