import type { SyncStorage } from './sync-storage.ts';
import { withTimeLimit } from '../time-limit.ts';

/**
 * Limits the duration of storage operations, in milliseconds. Writes run one after the other: a `set` that
 * timed out and takes effect late never replaces a later one.
 */
export function boundedStorage(storage: SyncStorage, ms: number): SyncStorage {
  let changes: Promise<unknown> = Promise.resolve();
  const change = (work: () => Promise<unknown>): Promise<unknown> =>
    withTimeLimit(ms, (signal) => {
      const done = changes.then(() => (signal.aborted ? undefined : work()));
      changes = done.catch(() => undefined);
      return done;
    });

  return {
    get: (key) => withTimeLimit(ms, async () => storage.get(key)),
    set: (key, value) => change(async () => storage.set(key, value)),
    delete: (key) => change(async () => storage.delete(key)),
  };
}
