/** Work that an answer does not wait for. */
export interface Background {
  /** Starts the work when the current turn of the event loop is over. */
  run(work: () => Promise<unknown>): void;
  /** Resolves when nothing is left to do. */
  settled(): Promise<void>;
}

/** Against a store that hangs: work beyond is dropped, not queued. */
const maxUnderWay = 1_000;

/** @param onFailure told of what was dropped or failed; both are lost */
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

/** So the answer is on its way before anything is compressed. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
