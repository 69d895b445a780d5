import { preTenantKey, type Logger, type StateStore } from '@bff/service-kit';
import type { Now } from '../time.ts';

export interface RollbackWatchOptions {
  readonly store: StateStore;
  readonly log: Logger;
  readonly now?: Now;
  /** Interval between two increments of the counter, in milliseconds. default 1000 */
  readonly everyMs?: number;
}

/**
 * Detects that the store was restored with older data, such as a snapshot, in which ended sessions are alive
 * again (F47).
 */
export interface RollbackWatch {
  /**
   * Time until which writes may be lost, in milliseconds since 1970; 0 if no writes were lost. Sessions that
   * were written before this time may have ended.
   */
  readonly lostUntil: number;
  close(): void;
}

const counterKey = preTenantKey('probe', 'counter');
const lostKey = preTenantKey('probe', 'rollback');
/** Lifetime of the keys in milliseconds, longer than any session. */
const ttlMs = 4 * 365 * 86_400_000;

/**
 * Increments a counter in the store once a second in each process. If the counter does not grow, the store
 * has lost writes. Every process that ran before the loss detects this, and stores the time of the loss for
 * processes that start later. A store in memory is not watched, because it cannot be restored.
 */
export function watchRollbacks(options: RollbackWatchOptions): RollbackWatch {
  const { store, log, now = Date.now, everyMs = 1_000 } = options;
  if (!store.isShared) return { lostUntil: 0, close: () => undefined };
  let last = 0;
  let lastAt = 0;
  let lostUntil = 0;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function look(): Promise<void> {
    const count = await store.increment(counterKey, 1, ttlMs);
    const known = Number((await store.get(lostKey))?.toString() ?? 0);
    const isOlder = count <= last;
    if (isOlder) {
      log.error(
        { lost_writes_of_seconds: last - count },
        'state store was restored with older data: sessions have to be confirmed by the provider',
      );
      lostUntil = lastAt;
      await store.set(lostKey, String(lostUntil), ttlMs);
    }
    lostUntil = Math.max(lostUntil, known);
    last = count;
    lastAt = now();
  }

  const next = (): void => {
    // An outage of the store says nothing about its data.
    void look()
      .catch(() => undefined)
      .finally(() => {
        if (!isClosed) timer = setTimeout(next, everyMs).unref();
      });
  };
  next();

  return {
    get lostUntil() {
      return lostUntil;
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
