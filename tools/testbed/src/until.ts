import { setImmediate, setTimeout } from 'node:timers/promises';

/** A value without its falsy alternatives. */
type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/**
 * Waits until a condition is true, and fails after a time limit. Without a limit the loop would continue
 * after its test has failed, so that Jest would never exit.
 * @param options.everyMs interval between checks; 0 checks in each iteration of the event loop
 * @param options.withinMs limit of the total time; the default is below the time-out of Jest, so that the
 * condition is reported
 * @returns the last value of the condition
 * @throws Error that contains the condition; errors of the condition are thrown at once
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

/** Returns whether an attempt succeeds, for a retry: `until(() => succeeds(store.ping()))`. */
export const succeeds = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  );
