import { setImmediate, setTimeout } from 'node:timers/promises';

/** What is left of a value that is truthy. */
type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/**
 * Waits until a condition holds, and ends when it never does: a loop that only looks for what it waits for goes on
 * after its test has failed, and Jest never exits.
 * @param options.everyMs between two looks; 0 looks again in each turn of the event loop
 * @param options.withinMs of all looks; the default is below Jest's limit, so that the reason is told
 * @returns what the condition returned at last
 * @throws Error that says which condition; and what the condition throws, at once
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  { everyMs = 10, withinMs = 20_000 }: { readonly everyMs?: number; readonly withinMs?: number } = {},
): Promise<Truthy<T>> {
  for (const end = performance.now() + withinMs; performance.now() < end;) {
    const value = await condition();
    if (value) return value as Truthy<T>;
    await (everyMs === 0 ? setImmediate() : setTimeout(everyMs));
  }
  throw new Error(`not within ${withinMs} ms: ${String(condition)}`);
}

/** For what is to be tried again: `until(() => succeeds(store.ping()))`. */
export const succeeds = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  );
