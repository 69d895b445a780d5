/**
 * Stores texts by key, such as AsyncStorage or IndexedDB. One storage belongs to one signed-in user. `set`
 * must be atomic: it either stores the new text or keeps the old one.
 */
export interface SyncStorage {
  get(key: string): Promise<string | null | undefined>;
  set(key: string, value: string): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/**
 * Runs `work` while no other tab or process with the same storage runs work under this name, as
 * `navigator.locks.request` does.
 * @param signal aborts the wait for the lock
 */
export type Lock = <T>(name: string, work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
