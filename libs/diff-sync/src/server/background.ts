/** Work that continues after an answer was sent. */
export interface Background {
  /** Starts the work after the current event-loop turn. */
  run(work: () => Promise<unknown>): void;
  /** Resolves when no work is left. */
  settled(): Promise<void>;
}

/** Work beyond this is dropped, not queued: a store that hangs must not fill the memory. */
const maxUnderWay = 1_000;

/** Creates the background. @param onFailure receives the error of work that was dropped or failed */
export function createBackground(onFailure: (error: unknown) => void): Background {
  let underWay = 0;
  let idle: PromiseWithResolvers<unknown> | undefined;

  return {
    run(work) {
      if (underWay >= maxUnderWay) return onFailure(new Error('too much background work'));
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

/** Lets the answer be sent before anything is compressed. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
