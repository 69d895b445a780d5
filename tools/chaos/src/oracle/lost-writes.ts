import type { Truth } from './facts.ts';
import type { Writer } from '../load/writer.ts';

/** Acknowledged writes that the services do not know of; one line for each. Writers must be at rest. */
export async function lostWrites(fleet: Truth, writers: readonly Writer[]): Promise<string[]> {
  const lost = [];
  for (const writer of writers) lost.push(...(await writer.lost(fleet)));
  return lost;
}
