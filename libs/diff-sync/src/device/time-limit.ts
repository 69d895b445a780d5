/** Default time limit of one request or a refresh, in milliseconds. */
export const defaultTimeoutMs = 20_000;

/** The time limit of an operation was exceeded. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/**
 * Runs an operation with a time limit, also when it ignores its signal.
 * @param outer aborts the operation
 * @throws {TimedOut}
 * @throws the reason of `outer`
 */
export async function withTimeLimit<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal | null,
): Promise<T> {
  // Signals of some native engines have no reason.
  const reason = (): unknown => outer?.reason ?? new Error('aborted');
  if (outer?.aborted) throw reason();
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = (): void => undefined;
  const ended = new Promise<never>((_, reject) => {
    const end = (error: unknown): void => {
      reject(error);
      controller.abort(error);
    };
    timer = setTimeout(() => end(new TimedOut(`not done within ${ms} ms`)), ms);
    onAbort = () => end(reason());
    outer?.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([ended, work(controller.signal)]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', onAbort);
  }
}
