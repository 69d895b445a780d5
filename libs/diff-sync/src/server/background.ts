/** Work that continues after an answer was sent. */
export interface Background {
  /** Starts the work after the current event-loop turn. */
  run(work: () => Promise<unknown>): void;
  /** Resolves when no work is left. */
  settled(): Promise<void>;
}

/**
 * Maximum number of concurrent tasks. A further task is dropped instead of queued, so that a store that hangs
 * cannot exhaust the memory.
 */
const maxUnderWay = 1_000;

/** Creates a runner of background work. @param onFailure receives the error of dropped or failed work */
export function createBackground(onFailure: (error: unknown) => void): Background {
  let underWay = 0;
  let idle: PromiseWithResolvers<unknown> | undefined;

  return {
    run(work) {
      if (underWay >= maxUnderWay) return onFailure(new Error('dropped: too much background work'));
      underWay++;
      void nextTurn()
        .then(work)
        .catch(onFailure)
        .finally(() => {
          if (--underWay > 0) return;
          idle?.resolve(undefined);
          idle = undefined;
        });
    },
    async settled() {
      while (underWay > 0) await (idle ??= Promise.withResolvers()).promise;
    },
  };
}

/**
 * Resolves in the next event-loop turn, so that the answer is sent before work such as compression starts.
 */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
