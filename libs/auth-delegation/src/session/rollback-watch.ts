import { preTenantKey, type Logger, type StateStore } from '@bff/service-kit';
import type { Now } from '../time.ts';

export interface RollbackWatchOptions {
  readonly store: StateStore;
  readonly log: Logger;
  readonly now?: Now;
  /** Milliseconds between two looks; default 1,000. */
  readonly everyMs?: number;
}

/** Knows whether the store came back with older data than it had, such as a snapshot: ended sessions live in it again (F47). */
export interface RollbackWatch {
  /** Until when writes may be lost, in milliseconds since 1970; 0: none was. What was written before may have ended since. */
  readonly lostUntil: number;
  close(): void;
}

const counterKey = preTenantKey('probe', 'counter');
const lostKey = preTenantKey('probe', 'rollback');
/** Longer than any session. */
const ttlMs = 4 * 365 * 86_400_000;

/**
 * Counts in the store, once a second in each process: a counter that does not go up has lost what was written meanwhile. Noticed by every
 * process that ran before, and kept in the store for those that start later. Without shared state nothing can be restored.
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
        'state store came back with older data: sessions have to be confirmed',
      );
      lostUntil = lastAt;
      await store.set(lostKey, String(lostUntil), ttlMs);
    }
    lostUntil = Math.max(lostUntil, known);
    last = count;
    lastAt = now();
  }

  const next = (): void => {
    // Nothing is known of a store that does not answer.
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
