import type { Hostile } from './hostile-tokens.ts';

/** Result of a series of attacks: how many were tried and which succeeded. */
export interface AttackReport {
  readonly tried: number;
  readonly through: readonly string[];
  /** Errors other than the rejection that `isRefusal` expects: a crash does not count as a rejection. */
  readonly crashed: readonly string[];
}

export async function tryAttacks(
  hostile: Iterable<Hostile>,
  attempt: (token: string) => Promise<unknown>,
  isRefusal: (error: unknown) => boolean,
): Promise<AttackReport> {
  const through: string[] = [];
  const crashed: string[] = [];
  let tried = 0;
  for (const { title, token } of hostile) {
    tried += 1;
    try {
      await attempt(token);
      through.push(title);
    } catch (error) {
      if (!isRefusal(error)) crashed.push(`${title}: ${String(error)}`);
    }
  }
  return { tried, through, crashed };
}
