/** Milliseconds; of one request, or of a refresh. */
export const defaultTimeoutMs = 20_000;

/** The time limit of an operation was exceeded. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/**
 * Runs an operation within a time limit, also one that ignores its signal.
 *
 * @param outer aborts the operation
 * @throws {TimedOut}
 * @throws the reason of `outer`
 */
export async function withTimeLimit<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal | null,
): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = (): void => undefined;
  const ended = new Promise<never>((_, reject) => {
    const end = (reason: unknown): void => {
      reject(reason);
      controller.abort(reason);
    };
    timer = setTimeout(() => end(new TimedOut(`not done within ${ms} ms`)), ms);
    // Some native engines have signals without a reason.
    onAbort = () => end(outer?.reason ?? new Error('aborted'));
    outer?.addEventListener('abort', onAbort);
    if (outer?.aborted) onAbort();
  });
  try {
    return await Promise.race([ended, work(controller.signal)]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', onAbort);
  }
}
