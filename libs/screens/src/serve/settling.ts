import { StateUnavailable, type Logger } from '@bff/service-kit';

const firstWaitMs = 100;
const maxWaitMs = 1_000;

export interface SettlingOptions {
  readonly log: Logger;
  readonly wait: (ms: number) => Promise<void>;
}

/** Resolves after the given milliseconds; its timer does not keep the process alive. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/**
 * Creates a function that repeats a command until the store confirms it, however long the store is
 * unavailable: the client already has its answer and does not wait. The returned function resolves after the
 * first try.
 */
export function createSettling({ log, wait }: SettlingOptions) {
  /** @param attempt resolves to false when it must be repeated */
  return async function settle(attempt: () => Promise<boolean>, onSettled: () => void): Promise<void> {
    if (await succeeds(attempt)) return onSettled();
    log.warn('idempotency key not settled yet: retrying until the state store responds');
    void retry(attempt, onSettled);
  };

  async function retry(attempt: () => Promise<boolean>, onSettled: () => void): Promise<void> {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, maxWaitMs)) {
      await wait(waitMs);
      if (await succeeds(attempt)) return onSettled();
    }
  }
}

async function succeeds(attempt: () => Promise<boolean>): Promise<boolean> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof StateUnavailable) return false;
    throw error;
  }
}
