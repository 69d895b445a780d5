import { withTimeLimit } from './time-limit.ts';

/** Options of one caller of a shared run. */
interface Caller {
  readonly signal?: AbortSignal | null | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * Coalesces concurrent calls with the same key into one run. A caller that aborts leaves the run to the
 * others; when the last one aborts, the run is aborted.
 */
export interface SharedCalls<T> {
  call(key: string, caller: Caller, run: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Aborts all runs. */
  abort(reason: unknown): void;
}

export function createSharedCalls<T>(): SharedCalls<T> {
  const running = new Map<string, { callers: number; controller: AbortController; result: Promise<T> }>();

  return {
    async call(key, { signal, timeoutMs = longestTimerMs }, run) {
      let shared = running.get(key);
      if (!shared) {
        const controller = new AbortController();
        shared = { callers: 0, controller, result: run(controller.signal) };
        running.set(key, shared);
      }
      const { controller, result } = shared;
      const leave = (): void => {
        if (running.get(key) === shared) running.delete(key);
      };
      shared.callers++;
      void result.then(leave, leave);
      try {
        return await withTimeLimit(Math.min(timeoutMs, longestTimerMs), () => result, signal);
      } finally {
        if (--shared.callers === 0) {
          leave();
          controller.abort();
        }
      }
    },
    abort(reason) {
      for (const { controller } of running.values()) controller.abort(reason);
      running.clear();
    },
  };
}

const longestTimerMs = 2 ** 31 - 1;
