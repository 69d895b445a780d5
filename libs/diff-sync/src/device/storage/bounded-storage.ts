import type { SyncStorage } from './sync-storage.ts';
import { withTimeLimit } from '../time-limit.ts';

/**
 * A storage whose operations take at most so many milliseconds. What changes it is done one after the other: a `set` that was
 * given up and is done late never replaces a later one.
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
