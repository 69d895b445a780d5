import { readFacts } from './facts.ts';
import { type Fleet } from './fleet.ts';
import { counter } from './judge.ts';
import { type Writer } from './writer.ts';

/** Acknowledged writes that user-service does not know of, asked directly; one line for each. Writers must be at rest. */
export async function lostWrites(fleet: Fleet, writers: readonly Writer[]): Promise<string[]> {
  const lost: string[] = [];
  for (const { visitor, acknowledged } of writers) {
    const { tenant, user } = visitor.facts;
    const { preferences } = await readFacts(fleet, tenant, user);
    const value = Number(preferences[counter] ?? 0);
    if (value < acknowledged())
      lost.push(`${tenant}/${user}: ${acknowledged()} was acknowledged, ${value} is there`);
  }
  return lost;
}
